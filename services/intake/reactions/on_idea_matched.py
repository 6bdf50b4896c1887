"""Matching told what it thinks of an idea: keep it for the holder's page, unless the idea is withdrawn."""

from services.intake.domain.work import Work
from shared.events.idea_matched import IdeaMatched


def on_idea_matched(event: IdeaMatched, work: Work) -> None:
    idea = work.ideas.get(event.idea_id)
    if idea and idea.told:
        work.follow.matched(event)
