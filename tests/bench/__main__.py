"""How fast, and why: `python -m tests.bench [--ideas N] [--plot FILE]`. All chains in one run: ratios can be trusted."""

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from deploy.app import SERVICES, build_platform, environment
from deploy.counting import RECEIVED, services, tally
from shared.kernel.clock import SystemClock
from tests.bench.chains import bare, drain, latencies, memory, planned, store_backlog, stories
from tests.bench.plot import bars
from tests.bench.sampling import Sampler
from tests.chaos.houses import POLICY
from tests.chaos.sink import Sink
from tests.chaos.victim import Victim
from tests.composed import Composed, composed
from tests.running import PATIENT, variables

IDLE = 60  # ideas told one at a time
REST = 0.3  # s between them, for mails to go out
QUIET = POLICY | {f"GORT_{name}": value for name, value in PATIENT.items()}


def one_at_a_time(address: str, settings: dict[str, str], count: int) -> tuple[list[str], float]:
    """Tell ideas one after the other, each when the one before is planned: their keys, and the seconds of all."""
    with variables(settings), services() as built:
        before, took = set(tally(built).of(RECEIVED)), 0.0
        for number, story in enumerate(stories(count)):
            wanted, began = planned(built) + 1, time.perf_counter()
            answer = httpx.post(f"{address}/api/intake/v1/ideas", json={**story, "may_share": True}, timeout=30)
            assert answer.status_code == 201, (number, answer.text)
            while planned(built) < wanted:
                time.sleep(0.02)
            took += time.perf_counter() - began
            time.sleep(REST)
        return list(set(tally(built).of(RECEIVED)) - before), took


def measured(address: str, settings: dict[str, str], pids: list[int], count: int) -> dict[str, Any]:
    one_at_a_time(address, settings, 1)  # everybody is awake
    keys, alone = one_at_a_time(address, settings, IDLE)
    with variables(settings), services() as built:
        done = planned(built)
        with built["notify"].store.writing() as work:
            work.desk.pause(True, "bench", SystemClock().now())  # mails are no part of the chain: they wait
    store_backlog(settings, count)
    began = time.perf_counter()
    httpx.post(
        f"{address}/api/intake/v1/ideas", json={**stories(1)[0], "may_share": True}
    )  # its commit wakes the relay
    drain(settings, done + count + 1)
    took = time.perf_counter() - began
    return {
        "ideas_per_s": round(count / took, 1),
        "one_by_one_per_s": round(IDLE / alone, 1),
        "memory_mb": memory(pids),
        "idle_ms": latencies(settings, keys),
    }


def on_files(folder: Path, mail: int, count: int) -> dict[str, Any]:
    settings = QUIET | {"GORT_DATA": str(folder), "GORT_NOTIFY_SMTP_HOST": "127.0.0.1",
                        "GORT_NOTIFY_SMTP_PORT": str(mail), "GORT_NOTIFY_SMTP_TLS": "none"}  # fmt: skip
    victim = Victim(folder, settings)
    victim.start()
    try:
        learned(settings)
        return measured(victim.address, settings, [victim.pid], count)
    finally:
        victim.stop()


def on_kafka(house: Composed, count: int) -> dict[str, Any]:
    settings = house.urls() | QUIET
    learned(settings)
    pids = [house.processes[name].pid for name in house.ours]
    return measured(house.address, settings, pids, count)


def learned(settings: dict[str, str]) -> None:
    """Wait until matching knows the directory."""
    with variables(settings), services() as built:
        matching = built["matching"].store
        while True:
            with matching.reading() as work:
                edition = work.entries.edition()
            if edition.entries and edition.whole:
                time.sleep(3)
                return
            time.sleep(0.5)


def arithmetic(count: int) -> float:
    """Ideas a second of classifying and ranking alone, from a directory that is learned in memory."""
    from services.matching import signals
    from services.matching.domain.assessor import Assessor
    from services.matching.domain.idea_view import IdeaView
    from shared.runtime.plugs import find
    from tests.bench.bare import entries

    knows = Assessor(entries(), find(signals))
    began = time.perf_counter()
    for story in stories(count):
        knows.assess(IdeaView(text=story["text"], language="sv", place=story.get("place")))
    return count / (time.perf_counter() - began)


def profile(count: int) -> dict[str, float]:
    """Where the chain's time goes in one process, by sampling its threads."""
    with tempfile.TemporaryDirectory() as folder, variables({"GORT_DATA": folder, **QUIET}):
        platform = build_platform(SERVICES, environment())

        async def run() -> dict[str, float]:
            await platform.start()
            await asyncio.to_thread(learned, {"GORT_DATA": folder})
            with Sampler() as sampler:
                await asyncio.to_thread(store_backlog, {"GORT_DATA": folder}, count)
                platform.services["intake"].store.database.wake()
                await asyncio.to_thread(drain, {"GORT_DATA": folder}, count)
            await platform.stop()
            return sampler.shares()

        return asyncio.run(run())


def main() -> None:
    wanted = argparse.ArgumentParser(prog="bench")
    wanted.add_argument("--ideas", type=int, default=600)
    wanted.add_argument("--plot", type=Path)
    given = wanted.parse_args()
    found: dict[str, Any] = {"ideas": given.ideas, "arithmetic_per_s": round(arithmetic(min(given.ideas, 200)), 1)}
    with Sink() as sink, tempfile.TemporaryDirectory() as folder:
        found["files"] = on_files(Path(folder), sink.port, given.ideas)
        with composed(sink.port, without=("matching-2", "notify-2", "entry"), **QUIET) as house:
            found["kafka"] = on_kafka(house, given.ideas)
            for name in house.ours:
                house.processes[name].stop(60)
            took = asyncio.run(bare(house.kafka.address, Path(folder), given.ideas))
            alone = asyncio.run(bare(house.kafka.address, Path(folder), IDLE, one_by_one=True))
    found["bare"] = {"ideas_per_s": round(given.ideas / took, 1), "one_by_one_per_s": round(IDLE / alone, 1)}
    for name in ("files", "kafka"):
        found[f"{name}_over_bare"] = round(found[name]["ideas_per_s"] / found["bare"]["ideas_per_s"], 2)
    found["where_the_time_goes"] = profile(given.ideas)
    print(json.dumps(found, indent=1))
    if given.plot:
        given.plot.write_text(bars(found))


if __name__ == "__main__":
    main()
