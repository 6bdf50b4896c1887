"""A referral was taken back. Said by notify; heard by intake."""

from shared.events.event import Event
from shared.kernel.ids import ActorId, IdeaId, ReferralId


class ReferralCancelled(Event, type="gort.notify.referral-cancelled.v1", stream="notify.referrals", key="idea_id"):
    idea_id: IdeaId
    referral_id: ReferralId
    actor_id: ActorId
    actor_name: str
    by: str  # "holder", "operator" or "partner"
    reason: str  # code: "withdrawn", "chose_another" …
