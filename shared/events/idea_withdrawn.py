"""The holder took the idea back: forget its text. Said by intake; heard by matching and notify."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId


class IdeaWithdrawn(Event, type="gort.intake.idea-withdrawn.v1", stream="intake.ideas", key="idea_id"):
    idea_id: IdeaId
