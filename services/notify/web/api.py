"""Notify's API, for operators: what waits, and the referrals of an idea."""

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel

from services.notify.domain.referral import FHIR
from services.notify.queries.queue import queue
from services.notify.web.counter import Counter
from shared.kernel.errors import NotFound
from shared.kernel.ids import IdeaId


class Waiting(BaseModel):
    """One thing to do. `know` is a code; `key` names what it is about."""

    kind: str
    since: datetime
    key: str
    idea_id: str | None
    code: str
    know: str


class ReferralOut(BaseModel):
    """A referral; `status` is its FHIR Task status."""

    referral_id: str
    actor_id: str
    state: str
    status: str
    owner: str
    due: date
    reason: str


def router(counter: Counter) -> APIRouter:
    routes = APIRouter()

    @routes.get("/queue")
    def waiting() -> list[Waiting]:
        """Everything that waits for an operator, what waits longest first."""
        with counter.store.reading() as work:
            rows = queue(work, counter.tools.today())
        return [
            Waiting(kind=r.kind, since=r.since, key=r.key, idea_id=r.idea_id, code=r.code, know=r.know) for r in rows
        ]

    @routes.get("/ideas/{idea_id}/referrals")
    def referrals(idea_id: str) -> list[ReferralOut]:
        """All referrals of an idea, oldest first."""
        with counter.store.reading() as work:
            if work.cases.get(IdeaId(idea_id)) is None:
                raise NotFound("no_such_idea")
            found = work.referrals.of(IdeaId(idea_id))
        return [
            ReferralOut(
                referral_id=r.referral_id,
                actor_id=r.actor_id,
                state=str(r.state),
                status=FHIR[r.state],
                owner=r.owner,
                due=r.due,
                reason=r.reason,
            )
            for r in found
        ]

    return routes
