"""Who told an idea, and how to reach them. Said by intake; heard by notify alone. The stream is compacted."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId, LanguageTag


class ContactGiven(Event, type="gort.intake.contact-given.v1", stream="intake.contacts", key="idea_id"):
    idea_id: IdeaId
    name: str | None
    email: str | None
    phone: str | None
    reach: str  # "mail", "call" or "none"
    language: LanguageTag  # the language that the person reads us in
