"""Forget who told an idea."""

from services.notify.commands.forget_idea import forget_contact
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.contact_erased import ContactErased


def on_contact_erased(event: ContactErased, work: Work, tools: Tools) -> None:
    forget_contact(event.idea_id, work, tools)
