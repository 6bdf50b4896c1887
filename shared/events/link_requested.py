"""The holder lost the link to their page: send it again to the address they gave. Said by intake; heard by notify."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId


class LinkRequested(Event, type="gort.intake.link-requested.v1", stream="intake.ideas", key="idea_id"):
    idea_id: IdeaId
