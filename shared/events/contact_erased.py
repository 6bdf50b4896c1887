"""Forget who told this idea. A tombstone on the compacted stream of contacts. Said by intake; heard by notify alone."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId


class ContactErased(
    Event, type="gort.intake.contact-erased.v1", stream="intake.contacts", key="idea_id", tombstone=True
):
    idea_id: IdeaId
