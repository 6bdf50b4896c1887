"""Restored from a backup: what was said of an idea after it was made holds, and what is said next has a higher number."""

from services.intake.domain.work import Work
from shared.events.consent_given import ConsentGiven
from shared.events.idea_located import IdeaLocated
from shared.events.link_requested import LinkRequested


def recall_idea(event: IdeaLocated | ConsentGiven | LinkRequested, work: Work) -> bool:
    """Whether it was news. It is not of an idea that the backup does not have: nobody can make that up."""
    idea = work.ideas.get(event.idea_id)
    if idea is None or idea.told is None or event.sequence <= idea.version:
        return False
    work.ideas.put(idea.recalled(event))
    return True
