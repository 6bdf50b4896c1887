"""The holder took the idea back."""

from services.matching.commands.forget_idea import forget_idea
from services.matching.domain.work import Work
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.kernel.clock import Clock


def on_idea_withdrawn(event: IdeaWithdrawn, work: Work, clock: Clock) -> None:
    forget_idea(event.idea_id, work, clock)
