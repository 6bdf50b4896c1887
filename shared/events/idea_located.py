"""The holder said where the idea lives, or that our guess was right. Said by intake; heard by matching and notify."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId, MunicipalityCode


class IdeaLocated(Event, type="gort.intake.idea-located.v1", stream="intake.ideas", key="idea_id"):
    idea_id: IdeaId
    municipality: MunicipalityCode
