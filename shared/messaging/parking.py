"""Putting an event aside, and telling operators of it."""

from dataclasses import replace
from datetime import datetime

from shared.events.event_parked import EventParked
from shared.events.event_unparked import EventUnparked
from shared.kernel.errors import Permanent
from shared.messaging.record import LONGEST, Envelope, Record
from shared.storage import parked
from shared.storage.outbox import stamp
from shared.storage.unit_of_work import UnitOfWork
from shared.telemetry.logging import cause

UNDECODED = "undecoded"  # the name under which a record that is no event is parked
BEHIND = "behind"  # the reason of what only waits for an earlier event of its key


class Failed(Exception):
    """A reaction could not digest an event. `passing`: trying again may help."""

    def __init__(self, reaction: str, reason: str, passing: bool) -> None:
        super().__init__(reason)
        self.reaction, self.reason, self.passing = reaction, reason, passing


def reason_of(error: BaseException) -> str:
    """Why, as stored and shown to operators: a `Permanent`'s own code, else type and place; never values."""
    if isinstance(error, Permanent):
        return str(error)[:120]
    said = cause(error)
    return f"{said['error']} {said['where']}"[:120]


def identity(record: Record, envelope: Envelope | None) -> str:
    """What the inbox knows a record by: its id, or its place when it has none that can be read."""
    return envelope.event_id if envelope else f"{record.stream}/{record.partition}/{record.position}"


def shown(key: bytes | None) -> str:
    """The key of what is no event, for operators to see: one that was refused is not what came, and replays nothing."""
    return (key or b"").decode(errors="replace").replace("\0", "\ufffd")[: LONGEST["key"]]


def park(
    uow: UnitOfWork, service: str, record: Record, envelope: Envelope | None, reaction: str, reason: str, now: datetime
) -> int:
    """Put a record aside for one reaction, and tell the operators unless it only waits behind another. Its row's id."""
    row = parked.Parked(
        reaction=reaction,
        stream=record.stream,
        partition=record.partition,
        position=record.position,
        key=envelope.key if envelope else shown(record.key),
        event_id=identity(record, envelope),
        event_type=envelope.type if envelope else "?",
        headers=record.headers,
        body=record.body,
        reason=reason,
        attempts=1,
        parked_at=stamp(now),
    )
    row = replace(row, id=parked.park(uow.connection, row))
    if reason != BEHIND:
        tell(uow, service, row, reason, now)
    return row.id


def tell(uow: UnitOfWork, service: str, row: parked.Parked, reason: str, now: datetime) -> None:
    """Say that an operator must look. What is parked while hearing of parked events is not told: it would echo."""
    if row.stream == EventParked.stream:
        return
    uow.say(
        EventParked(
            sequence=0,
            at=now,
            parked_key=known_as(service, row),
            service=service,
            reaction=row.reaction,
            event_type=row.event_type,
            subject=row.key,
            reason=reason,
        )
    )


def unparked(service: str, row: parked.Parked, outcome: str, now: datetime) -> EventUnparked:
    """What to say when a parked event has left."""
    return EventUnparked(sequence=1, at=now, parked_key=known_as(service, row), outcome=outcome)


def known_as(service: str, row: parked.Parked) -> str:
    """Its key. A restored database hands out a row's id again, even to the same event, but at another time."""
    return f"{service}:{row.id}:{row.parked_at}"
