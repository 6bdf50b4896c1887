"""Messages that are due, on their way, sent or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, update

from services.notify.domain.delivery import LEASE, Delivery
from services.notify.storage.tables import deliveries
from shared.kernel.ids import IdeaId
from shared.storage.outbox import stamp
from shared.storage.rows import add, change, get

TIMES = ("due_at", "created_at", "claimed_at", "sent_at")
MOMENT = select(func.clock_timestamp())
RELEASE = update(deliveries).where(deliveries.c.idea_id == bindparam("about"), deliveries.c.state == "waiting")


class SqlDeliveries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, delivery: Delivery) -> None:
        add(self._connection, deliveries, _row(delivery))

    def put(self, delivery: Delivery) -> None:
        change(self._connection, deliveries, {"delivery_id": delivery.delivery_id}, _row(delivery))

    def release(self, idea_id: IdeaId, now: datetime) -> None:
        due = {"state": "due", "due_at": stamp(now), "created_at": stamp(now)}
        self._connection.execute(RELEASE, {"about": idea_id, **due})

    def get(self, delivery_id: str) -> Delivery | None:
        row = get(self._connection, deliveries, delivery_id=delivery_id)
        return _delivery(row) if row else None

    def of(self, idea_id: IdeaId) -> list[Delivery]:
        query = select(deliveries).where(deliveries.c.idea_id == idea_id).order_by(deliveries.c.created_at)
        return [_delivery(row) for row in self._connection.execute(query)]

    def next(self, now: datetime, paused: bool = False) -> Delivery | None:
        due = and_(deliveries.c.state == "due", deliveries.c.due_at <= stamp(now))
        left = and_(deliveries.c.state == "sending", deliveries.c.claimed_at < stamp(self._moment(now) - LEASE))
        query = select(deliveries).where(or_(due, left)).order_by(deliveries.c.due_at).limit(1)
        if paused:
            query = query.where(deliveries.c.purpose == "signin")
        row = self._connection.execute(query).one_or_none()
        return _delivery(row) if row else None

    def claim(self, now: datetime, paused: bool = False) -> Delivery | None:
        if delivery := self.next(now, paused):
            delivery = delivery.claimed(self._moment(now))
            self.put(delivery)
        return delivery

    def _moment(self, now: datetime) -> datetime:
        """The clock that all who claim share. Replicas have one each, which may differ by more than the lease."""
        if self._connection.dialect.name == "sqlite":
            return now
        return self._connection.execute(MOMENT).scalar_one()

    def oldest_due(self) -> datetime | None:
        query = select(func.min(deliveries.c.created_at)).where(deliveries.c.state.in_(["due", "sending"]))
        oldest = self._connection.execute(query).scalar_one()
        return datetime.fromisoformat(oldest) if oldest else None

    def failed(self) -> list[Delivery]:
        query = select(deliveries).where(deliveries.c.state == "failed").order_by(deliveries.c.created_at)
        return [_delivery(row) for row in self._connection.execute(query)]

    def retried(self) -> Sequence[Delivery]:
        again = and_(deliveries.c.state == "due", deliveries.c.reason != "")
        query = select(deliveries).where(again).order_by(deliveries.c.created_at)
        return [_delivery(row) for row in self._connection.execute(query)]

    def ids(self, state: str, unsure: bool = False) -> set[str]:
        query = select(deliveries.c.delivery_id).where(deliveries.c.state == state)
        return set(self._connection.execute(query.where(deliveries.c.unsure) if unsure else query).scalars())

    def cancel(self, idea_id: IdeaId, to: str | None = None) -> None:
        unsent = deliveries.c.state.in_(("waiting", "due", "failed"))
        about = update(deliveries).where(deliveries.c.idea_id == idea_id, unsent)
        query = about if to is None else about.where(deliveries.c.to == to)
        self._connection.execute(query.values(state="cancelled"))

    def count(self) -> Mapping[str, int]:
        query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
        return {row[0]: row[1] for row in self._connection.execute(query)}


def _row(delivery: Delivery) -> dict[str, Any]:
    row = asdict(delivery)
    return row | {name: stamp(row[name]) if row[name] else None for name in TIMES}


def _delivery(row: Row[Any]) -> Delivery:
    values: dict[str, Any] = dict(row._mapping)  # pyright: ignore[reportPrivateUsage]
    values |= {name: datetime.fromisoformat(values[name]) if values[name] else None for name in TIMES}
    return Delivery(**values)
