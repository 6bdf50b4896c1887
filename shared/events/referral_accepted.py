"""A partner said yes. Said by notify; heard by intake."""

from datetime import date

from shared.events.event import Event
from shared.kernel.ids import ActorId, IdeaId, ReferralId


class ReferralAccepted(Event, type="gort.notify.referral-accepted.v1", stream="notify.referrals", key="idea_id"):
    idea_id: IdeaId
    referral_id: ReferralId
    actor_id: ActorId
    actor_name: str
    answered_by: str  # the name that the partner gave
    contact_by: date  # the day by which they have promised to be in touch
    disclosed: tuple[str, ...]  # what they were shown now: "name", "email", "phone"
