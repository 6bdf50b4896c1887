"""The holder took the idea back: cancel, and forget."""

from services.notify.commands.forget_idea import forget_idea
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.idea_withdrawn import IdeaWithdrawn


def on_idea_withdrawn(event: IdeaWithdrawn, work: Work, tools: Tools) -> None:
    forget_idea(event.idea_id, work, tools)
