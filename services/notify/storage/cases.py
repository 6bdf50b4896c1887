"""What notify knows of each idea. The events that it heard are kept as they were told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Row, Select, exists, select

from services.notify.domain.case import Case
from services.notify.domain.referral import OPEN
from services.notify.storage.tables import cases, referrals
from shared.events.event import Event
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.events.idea_received import IdeaReceived
from shared.kernel.ids import IdeaId
from shared.storage.outbox import stamp
from shared.storage.rows import get, put_all
from shared.storage.unit_of_work import UnitOfWork

E = TypeVar("E", bound=Event)


class SqlCases:
    """One case changes several times in a unit of work, and nobody else changes it: it is read once, and written last."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._connection = uow, uow.connection
        self._seen: dict[IdeaId, Case | None] = {}
        self._unwritten: dict[IdeaId, Case] = {}

    def get(self, idea_id: IdeaId) -> Case | None:
        if idea_id not in self._seen:
            row = get(self._connection, cases, idea_id=idea_id)
            self._seen[idea_id] = _case(row) if row else None
        return self._seen[idea_id]

    def put(self, case: Case) -> None:
        if not self._unwritten:
            self._uow.keep_back(self._write)
        self._seen[case.idea_id] = self._unwritten[case.idea_id] = case

    def _ask(self, query: Select[Any]) -> CursorResult[Any]:
        """A question to the whole table, which must not miss what is kept back."""
        self._write()
        return self._connection.execute(query)

    def _write(self) -> None:
        put_all(self._connection, cases, [_row(case) for case in self._unwritten.values()])
        self._unwritten.clear()

    def many(self, ideas: Sequence[IdeaId]) -> Mapping[IdeaId, Case]:
        found = self._ask(select(cases).where(cases.c.idea_id.in_(set(ideas))))
        return {row.idea_id: _case(row) for row in found}

    def by_code(self, code: str) -> Case | None:
        told = cases.c.received.contains(f'"code":"{code}"', autoescape=True)  # a quote in a text stands as \"
        row = self._ask(select(cases).where(told)).first()
        return _case(row) if row else None

    def unplanned(self) -> list[IdeaId]:
        told = (cases.c.received.is_not(None), cases.c.classified.is_not(None), cases.c.matched.is_not(None))
        return list(self._ask(select(cases.c.idea_id).where(~cases.c.planned, *told)).scalars())

    def stuck(self) -> list[Case]:
        open_ones = referrals.c.state.in_([str(state) for state in OPEN])
        nobody = ~exists().where(referrals.c.idea_id == cases.c.idea_id, open_ones)
        query = select(cases).where(cases.c.matched.is_not(None), cases.c.received.is_not(None), nobody)
        return [_case(row) for row in self._ask(query)]


def _row(case: Case) -> dict[str, Any]:
    return {
        "idea_id": case.idea_id,
        "received": _text(case.received),
        "classified": _text(case.classified),
        "matched": _text(case.matched),
        "confirmed": case.confirmed,
        "consent_by": case.consent_by,
        "seen_by": case.seen_by,
        "planned": case.planned,
        "withdrawn_at": stamp(case.withdrawn_at) if case.withdrawn_at else None,
        "version": case.version,
    }


def _text(event: Event | None) -> str | None:
    body = event.body() if event else None
    return f"{event.sequence} {stamp(event.at)} {body.decode()}" if event and body else None


def _event(kind: type[E], text: str | None) -> E | None:
    if text is None:
        return None
    sequence, at, body = text.split(" ", 2)
    return kind.read(body.encode(), key="", sequence=int(sequence), at=datetime.fromisoformat(at))


def _case(row: Row[Any]) -> Case:
    return Case(
        idea_id=row.idea_id,
        received=_event(IdeaReceived, row.received),
        classified=_event(IdeaClassified, row.classified),
        matched=_event(IdeaMatched, row.matched),
        confirmed=row.confirmed,
        consent_by=row.consent_by,
        seen_by=row.seen_by,
        planned=row.planned,
        withdrawn_at=datetime.fromisoformat(row.withdrawn_at) if row.withdrawn_at else None,
        version=row.version,
    )
