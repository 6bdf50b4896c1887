"""We know who told an idea, and how to reach them."""

from services.notify.commands.hear_idea import hear_contact
from services.notify.domain.contact import Contact
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.contact_given import ContactGiven


def on_contact_given(event: ContactGiven, work: Work, tools: Tools) -> None:
    hear_contact(Contact(event.idea_id, event.name, event.email, event.phone, event.reach, event.language), work, tools)
