"""The holder has said that partners may read the idea."""

from services.notify.commands.hear_consent import hear_consent
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.consent_given import ConsentGiven


def on_consent_given(event: ConsentGiven, work: Work, tools: Tools) -> None:
    hear_consent(event.idea_id, work, tools)
