"""A partner is asked; the clock runs. Said by notify; heard by intake."""

from datetime import date

from shared.events.event import Event
from shared.kernel.ids import ActorId, IdeaId, ReferralId


class ReferralRequested(Event, type="gort.notify.referral-requested.v1", stream="notify.referrals", key="idea_id"):
    idea_id: IdeaId
    referral_id: ReferralId
    actor_id: ActorId
    actor_name: str
    due: date  # the last day to answer
    disclosed: tuple[str, ...]  # what they were shown: "text", "place", "labels" …
    basis: str  # why we could: "consent", "operator"
