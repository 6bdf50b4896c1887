"""Notify's API, for operators: what waits, the referrals of an idea, and the steps that an operator takes with one."""

from collections.abc import Callable
from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel

from services.notify.commands.work_the_desk import cancel, confirm
from services.notify.domain.referral import FHIR, Referral
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.queue import queue
from services.notify.web.counter import Counter
from shared.kernel.errors import NotFound
from shared.kernel.ids import IdeaId, ReferralId
from shared.web.sessions import CurrentOperator, Operator


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

    @classmethod
    def of(cls, r: Referral) -> "ReferralOut":
        return cls(
            referral_id=r.referral_id,
            actor_id=r.actor_id,
            state=str(r.state),
            status=FHIR[r.state],
            owner=r.owner,
            due=r.due,
            reason=r.reason,
        )


def router(counter: Counter) -> APIRouter:
    routes = APIRouter()

    def done(referral_id: str, operator: Operator, act: Callable[[ReferralId, str, Work, Tools], None]) -> ReferralOut:
        """Take one step; a 409 lists the legal ones."""
        known = ReferralId(referral_id)
        with counter.store.writing() as work:
            act(known, operator.id, work, counter.tools)
            after = work.referrals.get(known)
        assert after is not None
        return ReferralOut.of(after)

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
        return [ReferralOut.of(r) for r in found]

    @routes.post("/referrals/{referral_id}/request")
    def request(referral_id: str, operator: CurrentOperator) -> ReferralOut:
        """Send a draft."""
        return done(referral_id, operator, confirm)

    @routes.post("/referrals/{referral_id}/cancel")
    def take_back(referral_id: str, operator: CurrentOperator) -> ReferralOut:
        """Take a question or a draft back."""
        return done(referral_id, operator, cancel)

    return routes
