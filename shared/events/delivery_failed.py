"""A message could not be delivered and will not be tried again by itself. Said by notify; heard by nobody yet."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId


class DeliveryFailed(Event, type="gort.notify.delivery-failed.v1", stream="notify.referrals", key="idea_id"):
    idea_id: IdeaId
    delivery_id: str
    purpose: str  # "receipt", "lead", "accepted_holder", "accepted_partner" …
    reason: str  # code: "refused_address", "not_live", "rejected_by_server" …
