"""What became of ideas, as other services told it."""

import json
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, delete, select

from services.intake.domain.progress import Progress, Step
from services.intake.storage.facts import SqlFacts
from services.intake.storage.tables import follow, steps
from shared.events.event import Event
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.ids import IdeaId
from shared.storage.outbox import stamp
from shared.storage.rows import add, put

E = TypeVar("E", bound=Event)
ANSWERS = ("accepted", "rejected")


class SqlFollow:
    def __init__(self, connection: Connection, facts: SqlFacts) -> None:
        self._connection, self._facts = connection, facts

    def of(self, idea_id: IdeaId) -> Progress:
        told = {r.what: r for r in self._connection.execute(select(follow).where(follow.c.idea_id == idea_id))}
        found = self._connection.execute(select(steps).where(steps.c.idea_id == idea_id).order_by(steps.c.sequence))
        return Progress(
            _read(IdeaClassified, told.get("classified")),
            _read(IdeaMatched, told.get("matched")),
            tuple(
                Step(
                    row.sequence,
                    row.kind,
                    datetime.fromisoformat(row.at),
                    row.referral_id,
                    row.actor_id,
                    row.actor_name,
                    json.loads(row.params),
                )
                for row in found
            ),
        )

    def classified(self, event: IdeaClassified) -> None:
        if self._keep("classified", event):
            self._facts.classified(event)

    def matched(self, event: IdeaMatched) -> None:
        if self._keep("matched", event):
            self._facts.took("to_match", event.idea_id, event.at)

    def _keep(self, what: str, event: IdeaClassified | IdeaMatched) -> bool:
        """False when what is known is as new or newer."""
        body = (event.body() or b"").decode()
        row = {"idea_id": event.idea_id, "what": what, "sequence": event.sequence, "at": stamp(event.at), "body": body}
        return put(self._connection, follow, row, newer="sequence")

    def step(self, idea_id: IdeaId, step: Step) -> None:
        row = {
            "idea_id": idea_id,
            "sequence": step.sequence,
            "kind": step.kind,
            "at": stamp(step.at),
            "referral_id": step.referral_id,
            "actor_id": step.actor_id,
            "actor_name": step.actor_name,
            "params": json.dumps(step.params, ensure_ascii=False, default=str),
        }
        add(self._connection, steps, row)
        if step.kind in ANSWERS:
            self._facts.took("to_answer", idea_id, step.at)

    def forget(self, idea_id: IdeaId) -> None:
        self._connection.execute(delete(follow).where(follow.c.idea_id == idea_id))
        told = self.of(idea_id).steps
        self._connection.execute(delete(steps).where(steps.c.idea_id == idea_id))
        for step in filter(None, (step.bare() for step in told)):
            self.step(idea_id, step)
        self._facts.withdrawn(idea_id)


def _read(kind: type[E], row: Row[Any] | None) -> E | None:
    if row is None:
        return None
    return kind.read(row.body.encode(), key="", sequence=row.sequence, at=datetime.fromisoformat(row.at))
