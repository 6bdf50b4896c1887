"""The holder said where the idea lives."""

from services.notify.commands.hear_idea import hear_located
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.idea_located import IdeaLocated


def on_idea_located(event: IdeaLocated, work: Work, tools: Tools) -> None:
    hear_located(event.idea_id, event.municipality, work, tools)
