"""The holder now lets partners read the idea, after having told it without. Said by intake; heard by notify."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId


class ConsentGiven(Event, type="gort.intake.consent-given.v1", stream="intake.ideas", key="idea_id"):
    idea_id: IdeaId
