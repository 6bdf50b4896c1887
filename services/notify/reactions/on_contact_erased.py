"""Forget who told an idea."""

from services.notify.commands.hear_idea import hear_erased
from services.notify.domain.work import Work
from shared.events.contact_erased import ContactErased


def on_contact_erased(event: ContactErased, work: Work) -> None:
    hear_erased(event.idea_id, work)
