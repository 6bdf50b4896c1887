"""The ideas, and who told them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from services.intake.domain.holder import Holder
from services.intake.domain.idea import Idea, Told
from services.intake.domain.work import Asked
from services.intake.storage.facts import SqlFacts
from services.intake.storage.tables import ideas
from shared.kernel.ids import IdeaId
from shared.storage.outbox import stamp
from shared.storage.rows import change, get


class SqlIdeas:
    def __init__(self, connection: Connection, facts: SqlFacts) -> None:
        self._connection, self._facts = connection, facts

    def add(self, idea: Idea, secret: str, asked: Asked) -> None:
        row = {**_row(idea), "secret": secret, "request_key": asked.key, "request": asked.body, "form": asked.form}
        self._connection.execute(insert(ideas).values(row))
        self._facts.received(idea)

    def put(self, idea: Idea) -> None:
        row = _row(idea)
        if idea.told is None:
            row |= {"form": None}
        change(self._connection, ideas, {"idea_id": idea.idea_id}, row)

    def get(self, idea_id: IdeaId) -> Idea | None:
        row = get(self._connection, ideas, idea_id=idea_id)
        return _idea(row) if row else None

    def by_code(self, code: str) -> Idea | None:
        return self._one(ideas.c.code == code)

    def by_secret(self, secret: str) -> Idea | None:
        return self._one(ideas.c.secret == secret)

    def by_key(self, key: str) -> tuple[Idea, str] | None:
        row = self._connection.execute(select(ideas).where(ideas.c.request_key == key)).one_or_none()
        return (_idea(row), row.request or "") if row else None

    def by_form(self, form: str, since: datetime) -> Idea | None:
        newest = select(ideas).where(ideas.c.form == form, ideas.c.told_at >= stamp(since)).order_by(ideas.c.told_at)
        row = self._connection.execute(newest).first()
        return _idea(row) if row else None

    def forget_keys(self, before: datetime) -> int:
        old = update(ideas).where(ideas.c.told_at < stamp(before), ideas.c.request.is_not(None))
        return self._connection.execute(old.values(request_key=None, request=None, form=None)).rowcount

    def _one(self, condition: Any) -> Idea | None:
        row = self._connection.execute(select(ideas).where(condition)).one_or_none()
        return _idea(row) if row else None


def _row(idea: Idea) -> dict[str, Any]:
    told, holder = idea.told, idea.holder
    return {
        "idea_id": idea.idea_id,
        "code": idea.code,
        "title": told and told.title,
        "text": told and told.text,
        "place": told and told.place,
        "municipality": told and told.municipality,
        "legal_form": told and told.legal_form,
        "may_share": bool(told and told.may_share),
        "channel": told.channel if told else "",
        "language": idea.language,
        "name": holder.name,
        "email": holder.email,
        "phone": holder.phone,
        "reach": holder.reach,
        "reads": holder.language,
        "told_at": stamp(idea.told_at),
        "version": idea.version,
        "confirmed": idea.confirmed,
        "withdrawn_at": stamp(idea.withdrawn_at) if idea.withdrawn_at else None,
    }


def _idea(row: Row[Any]) -> Idea:
    told = row.text is not None and Told(
        row.text, row.title, row.place, row.municipality, row.legal_form, row.may_share, row.channel
    )
    return Idea(
        idea_id=row.idea_id,
        code=row.code,
        told=told or None,
        holder=Holder(row.name, row.email, row.phone, row.reach, row.reads),
        language=row.language,
        told_at=datetime.fromisoformat(row.told_at),
        version=row.version,
        confirmed=row.confirmed,
        withdrawn_at=datetime.fromisoformat(row.withdrawn_at) if row.withdrawn_at else None,
    )
