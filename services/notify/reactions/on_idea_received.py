"""An idea came in: thank for it, and offer it when all is known."""

from services.notify.commands.hear_idea import hear_received
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.idea_received import IdeaReceived


def on_idea_received(event: IdeaReceived, work: Work, tools: Tools) -> None:
    hear_received(event, work, tools)
