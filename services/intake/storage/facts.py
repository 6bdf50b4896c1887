"""What is counted of each idea, for the operators' figures: written as it becomes known, in the same unit of work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, exists, func, insert, select

from services.intake.domain.idea import Idea
from services.intake.storage.tables import facts, follow
from shared.events.idea_classified import IdeaClassified
from shared.kernel.ids import IdeaId
from shared.storage.outbox import stamp
from shared.storage.rows import change, get

NONE = "none"


class SqlFacts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def received(self, idea: Idea) -> None:
        channel = idea.told.channel if idea.told else ""
        row = {"idea_id": idea.idea_id, "channel": channel, "told_at": stamp(idea.told_at), "withdrawn": False}
        self._connection.execute(insert(facts).values(row))

    def classified(self, event: IdeaClassified) -> None:
        challenge = event.labels[0].challenge if event.labels and not event.abstained else NONE
        place = event.municipalities[0] if event.municipalities else None
        self._set(self._of(event.idea_id), challenge=challenge, municipality=place)

    def took(self, what: str, idea_id: IdeaId, until: datetime) -> None:
        """How long it was to the first of something: "to_match" or "to_answer"."""
        row = self._of(idea_id)
        if row and row._mapping[what] is None:  # pyright: ignore[reportPrivateUsage]
            since = until - datetime.fromisoformat(row.told_at)
            self._set(row, **{what: max(0, round(since.total_seconds() * 1000))})

    def withdrawn(self, idea_id: IdeaId) -> None:
        self._set(self._of(idea_id), challenge=None, municipality=None, to_match=None, to_answer=None, withdrawn=True)

    def count(self, column: str) -> Mapping[str, int]:
        """How many ideas by channel, challenge or municipality, as far as it is known."""
        by = facts.c[column]
        query = select(by, func.count()).where(by.is_not(None)).group_by(by)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def gone(self) -> int:
        return self._connection.execute(select(func.count()).where(facts.c.withdrawn)).scalar_one()

    def unmatched(self) -> tuple[int, datetime | None]:
        """How many wait for their first match, and since when the first of them does."""
        matched = exists().where(follow.c.idea_id == facts.c.idea_id, follow.c.what == "matched")
        query = select(func.count(), func.min(facts.c.told_at)).where(~facts.c.withdrawn, ~matched)
        count, since = self._connection.execute(query).one()
        return count, datetime.fromisoformat(since) if since else None

    def spread(self, column: str, edges: tuple[int, ...]) -> tuple[float, tuple[int, ...]]:
        """The sum of "to_match" or "to_answer" in seconds, and how many lie at or under each edge (s), then all of them."""
        took = facts.c[column]
        under = [func.coalesce(func.sum(case((took <= edge * 1000, 1), else_=0)), 0) for edge in edges]
        query = select(func.coalesce(func.sum(took), 0), func.count(took), *under)
        found = [int(number) for number in self._connection.execute(query).one()]
        return found[0] / 1000, (*found[2:], found[1])

    def _of(self, idea_id: IdeaId) -> Row[Any] | None:
        return get(self._connection, facts, idea_id=idea_id)

    def _set(self, row: Row[Any] | None, **values: Any) -> None:
        if row and not row.withdrawn:
            change(self._connection, facts, {"idea_id": row.idea_id}, values)
