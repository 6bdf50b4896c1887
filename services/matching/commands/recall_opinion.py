"""Restored from a backup: what was told of an idea after it was made is known, and what is told next has a higher number."""

from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.clock import Clock


def recall_opinion(event: IdeaClassified | IdeaMatched, work: Work, clock: Clock) -> bool:
    """Whether it was news. An idea that is not here will be heard again: its number waits for it."""
    idea = work.ideas.get(event.idea_id) or ToldIdea(event.idea_id)
    if event.sequence <= idea.version:
        return False
    work.ideas.put(idea.recalled(event), clock.now())
    return True
