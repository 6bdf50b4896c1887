"""Matching thinks that it knows what an idea is about."""

from services.notify.commands.hear_idea import hear_classified
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.idea_classified import IdeaClassified


def on_idea_classified(event: IdeaClassified, work: Work, tools: Tools) -> None:
    hear_classified(event, work, tools)
