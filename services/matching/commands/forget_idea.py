"""The holder took the idea back: remove its words from everything that matching has kept or said."""

from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.ids import IdeaId


def forget_idea(idea_id: IdeaId, work: Work, clock: Clock) -> None:
    """Remembers only that it was withdrawn, so that an idea heard late does not come back."""
    idea = work.ideas.get(idea_id) or ToldIdea(idea_id)
    work.ideas.put(idea.forgotten(), clock.now())
    work.forget(idea_id)
