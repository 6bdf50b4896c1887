"""Programs that run beside us: found, started, waited for, stopped, killed."""

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from deploy.errors import CommandFailed

OTHERS = ("postgres", "nobody")  # as whom a server runs that refuses to be root, the first that there is

# The program writes its number before it is itself, so that whoever ends us meanwhile leaves none that is nameless; it keeps
# the note open, as number 9, and so the lock on it.
NOTED = ("/bin/sh", "-c", 'echo $$; exec 9>&1 >&2 "$@"', "sh")


class NotHere(CommandFailed):
    """This machine lacks a program; the message names it and where to get it."""


def program(name: str, remedy: str, *folders: Path) -> str:
    """Where a program is. Raise `NotHere`."""
    found = shutil.which(name) or next((str(f / name) for f in folders if (f / name).exists()), None)
    if found is None:
        raise NotHere(f"{name} is not on this machine: {remedy}")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def another_user() -> str | None:
    """As whom to start a server that refuses to be root; None when we are not root ourselves."""
    return next(n for n in OTHERS if n in {p.pw_name for p in pwd.getpwall()}) if os.geteuid() == 0 else None


def took(lock: IO[str]) -> bool:
    """Is the file's lock ours now? The system opens a lock when the last of its holders has ended, however it ended."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Process:
    """One program. It is started with `start`, any number of times; what it prints is added to `log`."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None, user: str | None = None
    ) -> None:
        self.command, self.log, self.environment, self.user = list(command), log, environment, user
        self._noted = log.with_suffix(".pid")
        self._running: subprocess.Popen[bytes] | None = None

    def spawn(self) -> None:
        """Start it, and wait for nothing."""
        home = self.log.parent if self.user else None
        with self.log.open("ab") as out, self._noted.open("w") as note:
            fcntl.flock(note, fcntl.LOCK_SH)  # held until it and its children have ended
            self._running = subprocess.Popen(
                [*NOTED, *self.command],
                env=self.environment,
                stdout=note,
                stderr=out,
                stdin=subprocess.DEVNULL,
                user=self.user,
                cwd=home,
                start_new_session=True,
            )

    def end_leftover(self, number: signal.Signals = signal.SIGTERM, patience: float = 30) -> None:
        """End what one of us started here and did not stop, since it was killed itself. Raise `CommandFailed`."""
        began = time.monotonic()
        with self._noted.open("a+") as note:
            note.seek(0)
            left = note.read().strip()
            while not took(note):
                waited = time.monotonic() - began
                if not left.isdigit() or waited > 2 * patience:
                    raise CommandFailed(
                        f"Something of an earlier run still holds {self._noted}; its process was {left}."
                    )
                with suppress(ProcessLookupError):  # its children live a moment longer
                    os.kill(int(left), number if waited < patience else signal.SIGKILL)
                time.sleep(0.2)

    def start(self, ready: Callable[[], bool], patience: float = 60) -> float:
        """Start it and wait until it is ready; returns the seconds that took. Raise as `wait` does."""
        began = time.monotonic()
        self.spawn()
        self.wait(ready, patience)
        return time.monotonic() - began

    def wait(self, ready: Callable[[], bool], patience: float = 60) -> None:
        """Until it is ready. Raise `CommandFailed` with its last words when it ends or takes too long."""
        until = time.monotonic() + patience
        while not ready():
            if not self.alive or time.monotonic() > until:
                self.kill()
                words = self.log.read_text(errors="replace")[-600:]
                raise CommandFailed(f"{Path(self.command[0]).name} did not start:\n{words}")
            time.sleep(0.02)

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def pid(self) -> int:
        assert self._running
        return self._running.pid

    def tell(self, number: signal.Signals) -> None:
        """Send a signal, when it runs."""
        if self._running and self._running.poll() is None:
            self._running.send_signal(number)

    def stop(self, patience: float = 30, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, as a deployment does; returns its exit code. Kill it when it does not listen."""
        if self._running is None:
            return 0
        self.tell(number)
        try:
            return self._running.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._running.returncode

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        self.tell(signal.SIGKILL)
        if self._running:
            self._running.wait()
