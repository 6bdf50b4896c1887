"""Which events each reaction has heard, so that hearing one twice does nothing. Rows outlive the stream's retention."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, tuple_

from shared.storage.outbox import stamp
from shared.storage.rows import add
from shared.storage.tables import inbox

Mark = tuple[str, str]  # (reaction, event id)
MARK = tuple_(inbox.c.reaction, inbox.c.event_id)
HEARD = select(inbox.c.reaction, inbox.c.event_id).where(MARK.in_(bindparam("marks", expanding=True)))


def heard(connection: Connection, marks: Iterable[Mark]) -> set[Mark]:
    """Which of these are marked already. A hint that saves work: the key of the table decides."""
    rows = connection.execute(HEARD, {"marks": list(marks)})
    return {(row.reaction, row.event_id) for row in rows}


def mark_all(connection: Connection, marks: Iterable[Mark], at: datetime) -> None:
    """Mark what was heard, in one round trip. Raise `IntegrityError` when somebody else was first."""
    rows = [{"reaction": r, "event_id": e, "heard_at": stamp(at)} for r, e in marks]
    if rows:
        connection.execute(insert(inbox), rows)


def mark(connection: Connection, reaction: str, event_id: str, at: datetime) -> bool:
    """Mark one event. False when it was marked before: do nothing then."""
    return add(connection, inbox, {"reaction": reaction, "event_id": event_id, "heard_at": stamp(at)})


def forget(connection: Connection, reaction: str, event_id: str) -> None:
    """As if it had never been heard: before a replay."""
    connection.execute(delete(inbox).where(inbox.c.reaction == reaction, inbox.c.event_id == event_id))


def prune(connection: Connection, before: datetime) -> int:
    """Drop marks older than any record that could come again. Returns how many went."""
    return connection.execute(delete(inbox).where(inbox.c.heard_at < stamp(before))).rowcount
