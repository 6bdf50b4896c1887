"""Where the time goes: what every thread of this process is doing, looked at many times a second."""

import sys
import threading
import time
from collections import Counter
from types import FrameType

GROUPS = (  # the first that a stack passes through, from the inside
    ("storage: commit", ("do_commit", "_commit_impl")),
    ("storage: SQL", ("do_execute", "do_executemany", "_execute_context")),
    ("classify and rank", ("assess",)),
    ("relay and Kafka's client", ("_tell", "tell", "send_and_wait", "getmany")),
    ("reactions and commands", ("reaction", "react", "hears")),
    ("JSON and models", ("validate_json", "model_validate", "model_dump_json", "loads", "dumps")),
    ("HTTP", ("run_asgi", "handle")),
)
IDLE = ("wait", "select", "poll", "_poll", "acquire", "get", "_worker", "run_forever", "accept", "sleep")


class Sampler:
    """`shares()` is the share of busy samples that each group has."""

    def __init__(self, every: float = 0.005) -> None:
        self._every, self._stop, self.seen = every, threading.Event(), Counter[str]()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Sampler":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        me = threading.get_ident()
        while not self._stop.is_set():
            for thread, frame in sys._current_frames().items():
                if thread != me and (group := _group(frame)):
                    self.seen[group] += 1
            time.sleep(self._every)

    def shares(self) -> dict[str, float]:
        whole = sum(self.seen.values()) or 1
        return {group: round(count / whole, 2) for group, count in self.seen.most_common()}


def _group(frame: FrameType | None) -> str | None:
    """None for a thread that waits for work."""
    if frame is None or frame.f_code.co_name in IDLE:
        return None
    while frame:
        for name, functions in GROUPS:
            if frame.f_code.co_name in functions:
                return name
        frame = frame.f_back
    return "other"
