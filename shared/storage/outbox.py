"""What this service has said, in the order it said it. On one machine the outbox is the log that others read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from shared.events.event import Event
from shared.kernel.ids import new_id
from shared.storage.tables import outbox

# made once, as those in `rows`
BEYOND = (
    select(outbox).where(outbox.c.position > bindparam("after")).order_by(outbox.c.position).limit(bindparam("most"))
)
AFTER = BEYOND.where(outbox.c.stream == bindparam("stream"))


def stamp(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds; sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the outbox. `body` is None for a tombstone, and for an event whose words were erased."""

    position: int
    event_id: str
    stream: str
    key: str
    type: str
    sequence: int
    at: str
    traceparent: str
    body: bytes | None


def append(connection: Connection, said: Sequence[tuple[Event, str]]) -> None:
    """Write what was said, each with the trace it was said in, in order, in one round trip."""
    rows = [
        {
            "event_id": new_id(),
            "stream": e.stream,
            "key": e.key,
            "type": e.type,
            "sequence": e.sequence,
            "at": stamp(e.at),
            "traceparent": trace,
            "body": e.body(),
        }
        for e, trace in said
    ]
    connection.execute(insert(outbox), rows)


def after(connection: Connection, stream: str, position: int, limit: int) -> list[Said]:
    """What was said on a stream after a position, oldest first."""
    told = {"after": position, "most": limit, "stream": stream}
    return [_said(row) for row in connection.execute(AFTER, told)]


def beyond(connection: Connection, position: int, limit: int, without: frozenset[str] = frozenset()) -> list[Said]:
    """What was said after a position, oldest first, on any stream but some."""
    query = BEYOND.where(outbox.c.stream.not_in(without)) if without else BEYOND
    return [_said(row) for row in connection.execute(query, {"after": position, "most": limit})]


def first(connection: Connection, position: int, streams: frozenset[str]) -> int | None:
    """The first position after another at which something was said on one of these streams."""
    wanted = (outbox.c.stream.in_(streams), outbox.c.position > position)
    return connection.execute(select(func.min(outbox.c.position)).where(*wanted)).scalar() if streams else None


def waiting(connection: Connection, position: int, stream: str | None = None) -> tuple[int, str | None]:
    """How many events stand after a position, on one stream or on all, and when the oldest of them was said."""
    query = select(func.count(), func.min(outbox.c.at)).where(outbox.c.position > position)
    row = connection.execute(query if stream is None else query.where(outbox.c.stream == stream)).one()
    return row[0], row[1]


def newest(connection: Connection, stream: str, until: int) -> str | None:
    """When the newest was said of what stands on a stream up to a position."""
    query = select(func.max(outbox.c.at)).where(outbox.c.stream == stream, outbox.c.position <= until)
    return connection.execute(query).scalar_one()


def of_key(connection: Connection, key: str) -> list[Said]:
    """All that was said of one aggregate, oldest first."""
    query = select(outbox).where(outbox.c.key == key).order_by(outbox.c.position)
    return [_said(row) for row in connection.execute(query)]


def erase(connection: Connection, key: str) -> int:
    """Remove the words of all that was said of one aggregate, keep that it was said. Returns how many."""
    spoken = outbox.c.body.is_not(None)
    return connection.execute(update(outbox).where(outbox.c.key == key, spoken).values(body=None)).rowcount


def count(connection: Connection) -> dict[str, int]:
    """How many events are kept, by stream."""
    query = select(outbox.c.stream, func.count()).group_by(outbox.c.stream)
    return {row[0]: row[1] for row in connection.execute(query)}


def compact(connection: Connection, stream: str, moved: int | None = None) -> int:
    """Keep only the newest of each key on a compacted stream, and what stands after `moved`. Returns how many went."""
    newest = select(func.max(outbox.c.position)).where(outbox.c.stream == stream).group_by(outbox.c.key)
    old = delete(outbox).where(outbox.c.stream == stream, outbox.c.position.not_in(newest))
    return connection.execute(old if moved is None else old.where(outbox.c.position <= moved)).rowcount


def drop_tombstones(connection: Connection, stream: str, before: datetime, moved: int | None = None) -> int:
    """Forget, on a compacted stream, what has had no body since before a time, up to `moved`. Returns how many went."""
    empty = delete(outbox).where(outbox.c.stream == stream, outbox.c.body.is_(None), outbox.c.at < stamp(before))
    return connection.execute(empty if moved is None else empty.where(outbox.c.position <= moved)).rowcount


def prune(connection: Connection, stream: str, before: datetime, moved: int | None = None) -> int:
    """Forget what was said on a stream before a time, and, if `moved` is given, up to that position. Returns how many."""
    old = delete(outbox).where(outbox.c.stream == stream, outbox.c.at < stamp(before))
    return connection.execute(old if moved is None else old.where(outbox.c.position <= moved)).rowcount


def _said(row: Row[tuple[object, ...]]) -> Said:
    return Said(**row._mapping)  # pyright: ignore[reportPrivateUsage, reportArgumentType]
