"""How each transport is set up for the conformance suite: a file here puts one under test, and no case knows which it is.

A rig is a module with `carrier(folder)`: a context manager over something that outlives a process (a broker, a folder of
databases) and hands out a maker of transports. Each transport that it makes stands for one more process.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import tests.conformance.rigs
from shared.messaging.transport import Transport
from shared.runtime.plugs import find


class Rig(Protocol):
    def carrier(self, folder: Path) -> AbstractContextManager[Callable[[], Transport]]: ...


def rigs() -> Mapping[str, Rig]:
    """Every rig by the name of its file."""
    return {module.__name__.rsplit(".", 1)[-1]: module for module in find(tests.conformance.rigs)}
