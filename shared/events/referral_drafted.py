"""Someone could be asked, but a person must look first. Said by notify; heard by intake."""

from shared.events.event import Event
from shared.kernel.ids import ActorId, IdeaId, ReferralId


class ReferralDrafted(Event, type="gort.notify.referral-drafted.v1", stream="notify.referrals", key="idea_id"):
    idea_id: IdeaId
    referral_id: ReferralId
    actor_id: ActorId
    actor_name: str
    remedy: str  # code of what an operator must do: "confirm", "ask_consent", "look_at_labels", "add_address", "call_first" …
