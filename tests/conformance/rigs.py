"""How each transport is set up for the conformance suite. Kafka joins by adding a rig here; no case knows which it is."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

from shared.events.event import Event
from shared.kernel.clock import SystemClock
from shared.messaging.dispatch import Dispatch
from shared.messaging.hears import Hears
from shared.messaging.local import LocalTransport
from shared.messaging.retry import Retry
from shared.messaging.transport import Batch, Listener, Membership, Transport, Verdict
from shared.storage.database import Database
from shared.storage.tables import SPINE
from shared.storage.unit_of_work import UnitOfWork, unit_of_work
from shared.telemetry.metrics import Meters

EFFECTS = Table(
    "effects", MetaData(), Column("id", Integer, primary_key=True), Column("key", String), Column("number", Integer)
)
QUICK = Retry(attempts=3, first=0.01, longest=0.02)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


class Speaker:
    """A service that says things."""

    def __init__(self, folder: Path, name: str = "speaker") -> None:
        self.name, self.database = name, database(folder / f"{name}.db")

    def say(self, *events: Event) -> None:
        with unit_of_work(self.database) as work:
            for event in events:
                work.say(event)


@dataclass
class Hearer:
    """A service that writes down what it hears. `before` runs in the reaction first, and may raise."""

    database: Database
    hears: tuple[type[Event], ...]
    before: Callable[[Event, UnitOfWork], None] = lambda *_: None
    service: str = "hearer"
    park_limit: int = 5
    meters: Meters = field(default_factory=Meters)

    def __post_init__(self) -> None:
        reactions = [Hears(event, self._react, as_=f"note-{event.type}") for event in self.hears]
        self.dispatch = Dispatch(
            self.service,
            reactions,
            self.database,
            lambda uow: uow,
            SystemClock(),
            self.meters.of(self.service),
            retry=QUICK,
            park_limit=self.park_limit,
        )

    def _react(self, event: Event, work: UnitOfWork) -> None:
        self.before(event, work)
        work.connection.execute(insert(EFFECTS).values(key=event.key, number=event.sequence))

    def effects(self) -> list[tuple[str, int]]:
        with self.database.reading() as connection:
            found = connection.execute(select(EFFECTS.c.key, EFFECTS.c.number).order_by(EFFECTS.c.id))
            return [(row.key, row.number) for row in found]

    def numbers(self, key: str) -> list[int]:
        return [number for found, number in self.effects() if found == key]

    def listener(self, handle: Callable[[Batch], Verdict] | None = None) -> Listener:
        streams = self.dispatch.listening.streams
        return Listener(self.service, streams, self.database, handle or self.dispatch.handle)


@dataclass
class Rig:
    """One transport at work, with the services that were given to it."""

    transport: Transport

    async def join(self, hearer: Hearer, handle: Callable[[Batch], Verdict] | None = None) -> Membership:
        return await self.transport.join(hearer.listener(handle))


@asynccontextmanager
async def local(*speakers: Speaker) -> AsyncIterator[Rig]:
    transport = LocalTransport()
    for speaker in speakers:
        transport.carry(speaker.name, speaker.database)
    try:
        yield Rig(transport)
    finally:
        await transport.stop()


RIGS: dict[str, Any] = {"local": local}


def database(file: Path) -> Database:
    made = Database(f"sqlite:///{file}")
    with made.writer.begin() as connection:
        SPINE.create_all(connection)
        EFFECTS.create(connection, checkfirst=True)
    return made
