"""Services to speak and to listen, as small as they can be, over whichever transport is under test."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

from shared.events.event import Event
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.kernel.clock import SystemClock
from shared.kernel.ids import IdeaId
from shared.messaging.dispatch import Dispatch
from shared.messaging.hears import Hears
from shared.messaging.retry import Retry
from shared.messaging.transport import Batch, Listener, Membership, Transport, Verdict
from shared.storage import parked
from shared.storage.database import Database
from shared.storage.parked import Parked
from shared.storage.tables import SPINE
from shared.storage.unit_of_work import UnitOfWork, unit_of_work
from shared.telemetry.meters import Meters

EFFECTS = Table(
    "effects",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("reaction", String),
    Column("key", String),
    Column("number", Integer),
)
QUICK = Retry(attempts=3, first=0.005, longest=0.01)
NOW = datetime(2026, 11, 24, tzinfo=UTC)

Before = Callable[[Event, str], None]  # what a reaction, known by its name, does before its effect; it may raise


class Killed(BaseException):
    """As when the process dies here: nothing catches it but the one who plays the next process."""


def gone(key: str, number: int = 1) -> IdeaWithdrawn:
    """An event to tell; `number` is its place among what happens to `key`."""
    return IdeaWithdrawn(idea_id=IdeaId(key), sequence=number, at=NOW)


@dataclass(frozen=True)
class Speaker:
    """A service that says things."""

    name: str
    database: Database

    def say(self, *events: Event) -> None:
        with unit_of_work(self.database) as work:
            for event in events:
                work.say(event)


@dataclass
class Hearer:
    """A service that writes down what it hears, once for each of its `reactions`."""

    service: str
    database: Database
    hears: tuple[type[Event], ...] = (IdeaWithdrawn,)
    before: Before = lambda *_: None
    reactions: tuple[str, ...] = ("note",)
    park_limit: int = 5
    meters: Meters = field(default_factory=Meters)

    def __post_init__(self) -> None:
        hears = [
            Hears(event, self._reaction(r), as_=f"{r}-{event.type}") for event in self.hears for r in self.reactions
        ]
        meters, clock = self.meters.of(self.service), SystemClock()
        self.dispatch = Dispatch(
            self.service, hears, self.database, lambda uow: uow, clock, meters, QUICK, self.park_limit
        )

    def _reaction(self, name: str) -> Callable[[Event, UnitOfWork], None]:
        def react(event: Event, work: UnitOfWork) -> None:
            self.before(event, name)
            work.connection.execute(insert(EFFECTS).values(reaction=name, key=event.key, number=event.sequence))

        return react

    def effects(self, reaction: str = "note") -> list[tuple[str, int]]:
        query = select(EFFECTS.c.key, EFFECTS.c.number).where(EFFECTS.c.reaction == reaction).order_by(EFFECTS.c.id)
        with self.database.reading() as connection:
            return [(row.key, row.number) for row in connection.execute(query)]

    def numbers(self, key: str, reaction: str = "note") -> list[int]:
        return [number for found, number in self.effects(reaction) if found == key]

    def parked(self) -> list[Parked]:
        with self.database.reading() as connection:
            return parked.everything(connection)

    def reasons(self) -> list[tuple[str, str]]:
        """(key, reason) of all that is parked, oldest first."""
        return [(row.key, row.reason) for row in self.parked()]

    def counted(self, outcome: str, stream: str = "intake.ideas") -> float:
        labels = {"service": self.service, "stream": stream, "outcome": outcome}
        return self.meters.registry.get_sample_value("gort_events_total", labels) or 0

    async def join(
        self,
        transport: Transport,
        handle: Callable[[Batch], Verdict] | None = None,
        beat: Callable[[str], None] = lambda _: None,
    ) -> Membership:
        streams = self.dispatch.listening.streams
        handle, dealt = handle or self.dispatch.handle, self.dispatch.dealt
        return await transport.join(Listener(self.service, streams, self.database, handle, beat, dealt))


@dataclass
class Stage:
    """Where a case is played: databases in a folder, and processes over one carrier."""

    folder: Path
    make: Callable[[], Transport]
    databases: list[Database] = field(default_factory=list[Database])

    def speaker(self, name: str = "speaker") -> Speaker:
        return Speaker(name, self.database(name))

    def hearer(self, name: str = "hearer", **more: Any) -> Hearer:
        """A listening service. The same name again is the same service in a new process."""
        return Hearer(name, self.database(name), **more)

    def database(self, name: str) -> Database:
        self.databases.append(opened(f"sqlite:///{self.folder}/{name}.db"))
        return self.databases[-1]

    @asynccontextmanager
    async def process(self, *speakers: Speaker) -> AsyncIterator[Transport]:
        """A process that carries what the speakers say, until it is stopped in good order."""
        transport = self.make()
        for speaker in speakers:
            transport.carry(speaker.name, speaker.database)
        try:
            yield transport
        finally:
            await transport.stop()


def opened(url: str) -> Database:
    """A database with the tables of the spine and one for effects."""
    database = Database(url)
    with database.writer.begin() as connection:
        SPINE.create_all(connection)
        EFFECTS.create(connection, checkfirst=True)
    return database


@contextmanager
def staged(folder: Path, make: Callable[[], Transport]) -> Iterator[Stage]:
    stage = Stage(folder, make)
    yield stage
    for database in stage.databases:
        database.close()


def played(case: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Runs an asynchronous case."""

    @wraps(case)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(case(*args, **kwargs))

    return run


async def until(holds: Callable[[], object], patience: float = 20) -> None:
    """Wait until something holds. Raise `AssertionError` when it does not."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.01)
