"""The holder said where the idea lives."""

from services.matching.commands.locate_idea import locate_idea
from services.matching.domain.work import Work
from shared.events.idea_located import IdeaLocated
from shared.kernel.clock import Clock


def on_idea_located(event: IdeaLocated, work: Work, clock: Clock) -> None:
    locate_idea(event.idea_id, event.municipality, work, clock)
