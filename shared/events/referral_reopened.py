"""A partner undid a mis-click; the question is open again. Said by notify; heard by intake."""

from datetime import date

from shared.events.event import Event
from shared.kernel.ids import ActorId, IdeaId, ReferralId


class ReferralReopened(Event, type="gort.notify.referral-reopened.v1", stream="notify.referrals", key="idea_id"):
    idea_id: IdeaId
    referral_id: ReferralId
    actor_id: ActorId
    actor_name: str
    due: date  # the last day to answer
