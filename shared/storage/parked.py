"""Events that a reaction could not digest, put aside in order, so that an operator sees why and replays them."""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from shared.storage.rows import get
from shared.storage.tables import parked

PLACE = (parked.c.reaction, parked.c.stream, parked.c.key)
WAITING = select(*PLACE).where(parked.c.key.in_(bindparam("keys", expanding=True))).distinct()
Headers = Sequence[tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True)
class Parked:
    """One event put aside for one reaction, and why. `behind` another of its key, its reason is "behind"."""

    reaction: str
    stream: str
    partition: int
    position: int
    key: str
    event_id: str
    event_type: str
    headers: Headers
    body: bytes | None
    reason: str
    attempts: int
    parked_at: str
    id: int = 0


def park(connection: Connection, row: Parked) -> int:
    """Put aside; returns the row's id."""
    headers = json.dumps([[name, _text(value)] for name, value in row.headers])
    values = {f: getattr(row, f) for f in parked.c.keys() if f not in ("id", "headers")}  # noqa: SIM118
    query = insert(parked).values(headers=headers, **values).returning(parked.c.id)
    return connection.execute(query).scalar_one()


def waiting(connection: Connection, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """(reaction, stream, key) of these (stream, key) for which something is parked already."""
    wanted = set(keys)
    rows = connection.execute(WAITING, {"keys": list({key for _, key in wanted})})
    return {(row.reaction, row.stream, row.key) for row in rows if (row.stream, row.key) in wanted}


def everything(connection: Connection) -> list[Parked]:
    """All that is parked, oldest first."""
    return [_parked(row) for row in connection.execute(select(parked).order_by(parked.c.id))]


def one(connection: Connection, row_id: int) -> Parked | None:
    row = get(connection, parked, id=row_id)
    return _parked(row) if row else None


def still(connection: Connection, row_ids: Iterable[int]) -> list[int]:
    """Which of these rows nobody has discarded or replayed yet."""
    return list(connection.execute(select(parked.c.id).where(parked.c.id.in_(list(row_ids)))).scalars())


def head_of(connection: Connection, row: Parked) -> Parked | None:
    """The oldest that is parked for the key and reaction of a row, which may itself have left."""
    same = (parked.c.reaction == row.reaction, parked.c.stream == row.stream, parked.c.key == row.key)
    found = connection.execute(select(parked).where(*same).order_by(parked.c.id).limit(1)).one_or_none()
    return _parked(found) if found else None


def same_cause(connection: Connection, reason: str) -> list[Parked]:
    """All parked for one reason, oldest first."""
    rows = connection.execute(select(parked).where(parked.c.reason == reason).order_by(parked.c.id))
    return [_parked(row) for row in rows]


def tried_again(connection: Connection, row_id: int, reason: str) -> None:
    values = {"attempts": parked.c.attempts + 1, "reason": reason}
    connection.execute(update(parked).where(parked.c.id == row_id).values(values))


def release(connection: Connection, row_id: int) -> None:
    connection.execute(delete(parked).where(parked.c.id == row_id))


def erase(connection: Connection, key: str) -> None:
    """Remove the words of what is parked of one aggregate; replaying then does nothing, but for a wordless event."""
    connection.execute(update(parked).where(parked.c.key == key).values(body=None))


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(parked)).scalar_one()


def _parked(row: Row[tuple[object, ...]]) -> Parked:
    values = dict(row._mapping)  # pyright: ignore[reportPrivateUsage]
    pairs = json.loads(str(values["headers"]))
    values["headers"] = [(name, None if value is None else base64.b64decode(value)) for name, value in pairs]
    return Parked(**values)  # pyright: ignore[reportArgumentType]


def _text(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()
