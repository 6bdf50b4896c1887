"""A partner said no, and why. Said by notify; heard by intake."""

from shared.events.event import Event
from shared.kernel.ids import ActorId, IdeaId, ReferralId


class ReferralRejected(Event, type="gort.notify.referral-rejected.v1", stream="notify.referrals", key="idea_id"):
    idea_id: IdeaId
    referral_id: ReferralId
    actor_id: ActorId
    actor_name: str
    reason: str  # code: "no_capacity", "not_a_fit", "outside_area", "wrong_stage", "duplicate", "referred_elsewhere", "other"
