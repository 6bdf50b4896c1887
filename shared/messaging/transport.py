"""What carries records between services. Implementations pass `tests/conformance/test_transport.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from sqlalchemy import Connection

from shared.messaging.record import Record
from shared.storage.database import Database


class Verdict(Enum):
    """What a listener says of the records that it was handed."""

    DONE = "done"  # every record has had its effect, or is parked, and that is committed
    HOLD = "hold"  # some could not even be parked: hand over again from the first that is not committed, later


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one stream in order, as one poll brought them.

    `moved(connection, position)` is called inside the transaction of the effects, for transports whose place in the log
    lives in the listener's database; a transport that keeps its place elsewhere leaves it out.
    """

    records: Sequence[Record]
    moved: Callable[[Connection, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """A service that hears streams. `handle` runs in a worker thread, a batch at a time per stream, and never raises."""

    service: str
    streams: tuple[str, ...]
    database: Database
    handle: Callable[[Batch], Verdict]
    beat: Callable[[str], None] = lambda _: None  # called on each turn of each loop, by its name: a silent one is stuck
    dealt: Callable[[str], None] = lambda _: None  # partitions of a stream were dealt anew: a held one may be another's


class Membership(Protocol):
    """A listener that has joined."""

    async def leave(self) -> None:
        """Stop handing over; return when the batch at work is finished."""
        ...


class Transport(Protocol):
    """Delivers each record at least once, and records of one key in the order in which they were said.

    `relays`: what is said is moved out of the outbox, from which nothing may be pruned before.
    """

    relays: bool

    def carry(self, service: str, database: Database) -> None:
        """Deliver what this service's outbox says, from now on and from before."""
        ...

    async def join(self, listener: Listener) -> Membership:
        """Hand over to a listener, from where it left off, or from the beginning of what is kept."""
        ...

    async def stop(self) -> None:
        """Let every listener finish its batch and leave."""
        ...

    def lags(self) -> Mapping[tuple[str, str], int]:
        """How many records each (service, stream) of this process has not heard yet, as far as is known."""
        ...

    def troubles(self) -> Mapping[str, str]:
        """What stands in the way of carrying, by what it stops; empty when all is well."""
        ...
