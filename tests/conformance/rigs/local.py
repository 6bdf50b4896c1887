"""One process: the databases themselves are the log, so there is nothing to start."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.messaging.local import LocalTransport


@contextmanager
def carrier(folder: Path) -> Iterator[Callable[[], LocalTransport]]:
    yield lambda: LocalTransport(idle=1, held=0.05)
