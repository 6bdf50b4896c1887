"""Referrals, every change of them, and what was disclosed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, or_, select, update

from services.notify.domain.notices import Disclosure
from services.notify.domain.referral import OPEN, AsAsked, Change, Referral, State
from services.notify.storage.tables import as_asked, changes, disclosures, referrals
from shared.events.idea_matched import Match
from shared.kernel.ids import ActorId, IdeaId, ReferralId
from shared.storage.outbox import stamp
from shared.storage.rows import add, get, put

FIRST_CHANGE = (  # several are often made in one moment, the best match first
    select(func.min(changes.c.id))
    .where(changes.c.idea_id == referrals.c.idea_id, changes.c.referral_id == referrals.c.referral_id)
    .scalar_subquery()
)
OF_IDEA = (
    select(referrals).where(referrals.c.idea_id == bindparam("idea_id")).order_by(referrals.c.created_at, FIRST_CHANGE)
)


class SqlReferrals:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._of: dict[IdeaId, dict[ReferralId, Referral]] = {}  # in a unit of work nobody else changes them

    def get(self, referral_id: ReferralId) -> Referral | None:
        seen = next((known[referral_id] for known in self._of.values() if referral_id in known), None)
        row = None if seen else get(self._connection, referrals, referral_id=referral_id)
        return _referral(row) if row else seen

    def of(self, idea_id: IdeaId) -> list[Referral]:
        if idea_id not in self._of:
            found = [_referral(row) for row in self._connection.execute(OF_IDEA, {"idea_id": idea_id})]
            self._of[idea_id] = {referral.referral_id: referral for referral in found}
        return sorted(self._of[idea_id].values(), key=lambda referral: referral.created_at)

    def waiting(self, today: date) -> list[Referral]:
        asked = referrals.c.state.in_([str(State.REQUESTED), str(State.ACCEPTED)])
        late = and_(asked, referrals.c.due < today.isoformat())
        query = select(referrals).where(or_(referrals.c.state == str(State.DRAFT), late))
        return [_referral(row) for row in self._connection.execute(query.order_by(referrals.c.changed_at))]

    def drafts_for(self, actor_id: ActorId) -> list[Referral]:
        query = select(referrals).where(referrals.c.state == str(State.DRAFT), referrals.c.actor_id == actor_id)
        return [_referral(row) for row in self._connection.execute(query)]

    def erase_words(self, idea_id: IdeaId) -> None:
        self._connection.execute(update(referrals).where(referrals.c.idea_id == idea_id).values(words=""))
        self._connection.execute(delete(as_asked).where(as_asked.c.idea_id == idea_id))
        self._of.pop(idea_id, None)

    def count(self) -> Mapping[str, int]:
        query = select(referrals.c.state, func.count()).group_by(referrals.c.state)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def overdue(self, today: date) -> Mapping[str, int]:
        still = referrals.c.state.in_([str(state) for state in OPEN])
        query = select(referrals.c.owner, func.count()).where(still, referrals.c.due < today.isoformat())
        return {row[0]: row[1] for row in self._connection.execute(query.group_by(referrals.c.owner))}

    def put(self, referral: Referral, change: Change) -> None:
        row = asdict(referral)
        for name in ("created_at", "changed_at", "asked_at"):
            row[name] = stamp(row[name]) if row[name] else None
        row |= {"due": referral.due.isoformat(), "state": str(referral.state)}
        put(self._connection, referrals, row)
        changed = {
            "referral_id": referral.referral_id,
            "idea_id": referral.idea_id,
            "at": stamp(change.at),
            "who": change.who,
            "before": str(change.before) if change.before else None,
            "after": str(change.after),
            "why": change.why,
        }
        add(self._connection, changes, changed)
        if (known := self._of.get(referral.idea_id)) is not None:
            known[referral.referral_id] = referral

    def history(self, idea_id: IdeaId) -> list[tuple[ReferralId, Change]]:
        query = select(changes).where(changes.c.idea_id == idea_id).order_by(changes.c.id)
        return [
            (
                row.referral_id,
                Change(
                    datetime.fromisoformat(row.at),
                    row.who,
                    State(row.before) if row.before else None,
                    State(row.after),
                    row.why,
                ),
            )
            for row in self._connection.execute(query)
        ]

    def keep_as_asked(self, asked: AsAsked) -> None:
        row = {
            "referral_id": asked.referral_id,
            "idea_id": asked.idea_id,
            "place": asked.place,
            "because": asked.match.model_dump_json() if asked.match else None,
        }
        put(self._connection, as_asked, row)

    def as_asked(self, referral_id: ReferralId) -> AsAsked | None:
        row = get(self._connection, as_asked, referral_id=referral_id)
        if row is None:
            return None
        because = Match.model_validate_json(row.because) if row.because else None
        return AsAsked(row.referral_id, row.idea_id, row.place, because)

    def disclosed(self, disclosure: Disclosure) -> None:
        row = {**asdict(disclosure), "at": stamp(disclosure.at), "what": ",".join(disclosure.what)}
        add(self._connection, disclosures, row)

    def disclosures(self, idea_id: IdeaId) -> list[Disclosure]:
        query = select(disclosures).where(disclosures.c.idea_id == idea_id).order_by(disclosures.c.id)
        return [
            Disclosure(
                r.referral_id, r.idea_id, datetime.fromisoformat(r.at), r.to_whom, tuple(r.what.split(",")), r.basis
            )
            for r in self._connection.execute(query)
        ]


def _referral(row: Row[Any]) -> Referral:
    values: dict[str, Any] = dict(row._mapping)  # pyright: ignore[reportPrivateUsage]
    for name in ("created_at", "changed_at", "asked_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values |= {"due": date.fromisoformat(row.due), "state": State(row.state)}
    return Referral(**values)
