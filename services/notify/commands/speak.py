"""Tell what became of a referral, in the order in which it happened to the idea."""

from datetime import datetime
from typing import Any, TypeVar

from services.notify.domain.case import Case
from services.notify.domain.referral import Referral
from services.notify.domain.work import Work
from shared.events.event import Event
from shared.events.referral_cancelled import ReferralCancelled
from shared.kernel.ids import IdeaId

E = TypeVar("E", bound=Event)


def next_sequence(idea_id: IdeaId, work: Work) -> int:
    """The number of the next thing that notify says of an idea."""
    case = (work.cases.get(idea_id) or Case(idea_id)).next()
    work.cases.put(case)
    return case.version


def say_of(kind: type[E], referral: Referral, work: Work, at: datetime, **more: Any) -> None:
    """Say an event of a referral; `more` are its own fields."""
    told = {
        "idea_id": referral.idea_id,
        "sequence": next_sequence(referral.idea_id, work),
        "at": at,
        "referral_id": referral.referral_id,
        "actor_id": referral.actor_id,
        "actor_name": name_of(referral, work),
    }
    work.say(kind.model_validate({**told, **more}))


def say_cancelled(referral: Referral, by: str, reason: str, work: Work, at: datetime) -> None:
    """`by` is holder, operator or partner."""
    say_of(ReferralCancelled, referral, work, at, by=by, reason=reason)


def name_of(referral: Referral, work: Work) -> str:
    """What the partner is called; its id when the directory no longer knows it."""
    key = f"actor:{referral.actor_id}"
    entry = work.entries.by_key([key]).get(key)
    return entry.name if entry else referral.actor_id
