"""Matching found who could carry an idea: decide whom to ask."""

from services.notify.commands.hear_idea import hear_matched
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.idea_matched import IdeaMatched


def on_idea_matched(event: IdeaMatched, work: Work, tools: Tools) -> None:
    hear_matched(event, work, tools)
