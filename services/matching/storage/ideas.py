"""The ideas that matching was told."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from services.matching.domain.told import ToldIdea
from services.matching.storage.tables import ideas
from shared.events.event import Event
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.ids import IdeaId
from shared.storage.outbox import stamp
from shared.storage.rows import get, put


class SqlIdeas:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, idea_id: IdeaId) -> ToldIdea | None:
        row = get(self._connection, ideas, idea_id=idea_id)
        return _told(row) if row else None

    def put(self, idea: ToldIdea, at: datetime) -> None:
        row: dict[str, Any] = {k: v for k, v in asdict(idea).items() if k not in ("classified", "matched")}
        row |= {"again_at": stamp(idea.again_at) if idea.again_at else None}
        row |= {"classified": _json(idea.classified), "matched": _json(idea.matched), "assessed_at": stamp(at)}
        put(self._connection, ideas, row)

    def waiting(self, limit: int, now: datetime) -> list[ToldIdea]:
        due = or_(ideas.c.again_at.is_(None), ideas.c.again_at <= stamp(now))
        query = select(ideas).where(ideas.c.waits, due).order_by(ideas.c.assessed_at).limit(limit)
        return [_told(row) for row in self._connection.execute(query)]

    def queue(self) -> tuple[int, datetime | None]:
        query = select(func.count(), func.min(ideas.c.assessed_at)).where(ideas.c.waits)
        count, since = self._connection.execute(query).one()
        return count, datetime.fromisoformat(since) if since else None

    def take_up(self) -> None:
        stumbled = update(ideas).where(ideas.c.stumbled.is_not(None), ~ideas.c.withdrawn)
        self._connection.execute(stumbled.values(waits=True, again_at=None))

    def recent(self, limit: int) -> list[ToldIdea]:
        seen = select(ideas).where(ideas.c.matched.is_not(None)).order_by(ideas.c.assessed_at.desc()).limit(limit)
        return [_told(row) for row in self._connection.execute(seen)]


def _json(event: Event | None) -> str | None:
    body = event.body() if event else None
    return f"{event.sequence} {stamp(event.at)} {body.decode()}" if event and body else None


def _told(row: Row[Any]) -> ToldIdea:
    values = dict(row._mapping)  # pyright: ignore[reportPrivateUsage]
    del values["assessed_at"]
    values["classified"] = _event(IdeaClassified, values["classified"])
    values["again_at"] = datetime.fromisoformat(values["again_at"]) if values["again_at"] else None
    values["matched"] = _event(IdeaMatched, values["matched"])
    return ToldIdea(**values)


def _event(kind: type[Any], text: str | None) -> Any:
    if text is None:
        return None
    sequence, at, body = text.split(" ", 2)
    return kind.read(body.encode(), key="", sequence=int(sequence), at=datetime.fromisoformat(at))
