"""The holder lost the link: send it again."""

from services.notify.commands.hear_idea import send_link
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.link_requested import LinkRequested


def on_link_requested(event: LinkRequested, work: Work, tools: Tools) -> None:
    send_link(event.idea_id, event.sequence, work, tools)
