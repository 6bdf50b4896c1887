"""What operators and partners said of actors: kept apart from the directory, so that reading it again changes nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from services.notify.storage.tables import partners
from shared.kernel.ids import ActorId
from shared.storage.outbox import stamp
from shared.storage.rows import insert


class SqlPartners:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._all: dict[str, Row[Any]] | None = None  # as long as nothing is changed; they are few

    def address(self, actor_id: ActorId) -> str | None:
        row = self._row(actor_id)
        return row.address if row else None

    def set_address(self, actor_id: ActorId, address: str, by: str, at: datetime) -> None:
        self._put(actor_id, {"address": address, "address_by": by}, at)

    def checked(self, actor_id: ActorId) -> bool:
        row = self._row(actor_id)
        return bool(row and row.checked_at)

    def check(self, actor_id: ActorId, by: str, at: datetime) -> None:
        self._put(actor_id, {"checked_by": by, "checked_at": stamp(at)}, at)

    def paused(self, actor_id: ActorId) -> bool:
        row = self._row(actor_id)
        return bool(row and row.paused)

    def pause(self, actor_id: ActorId, paused: bool, at: datetime) -> None:
        self._put(actor_id, {"paused": paused}, at)

    def _row(self, actor_id: ActorId) -> Row[Any] | None:
        if self._all is None:
            self._all = {row.actor_id: row for row in self._connection.execute(select(partners))}
        return self._all.get(actor_id)

    def _put(self, actor_id: ActorId, values: dict[str, Any], at: datetime) -> None:
        row = {**values, "changed_at": stamp(at)}
        query = insert(self._connection, partners).values({"paused": False, **row, "actor_id": actor_id})
        self._connection.execute(query.on_conflict_do_update(index_elements=["actor_id"], set_=row))
        self._all = None
