"""Mail that goes nowhere: it is kept, and operators read it on the mailbox page. For trials and for a first look."""

import asyncio

from services.notify.domain.notices import Mail
from services.notify.domain.notifier import How, Message, Notifier, Outcome, Send
from services.notify.domain.work import Work
from services.notify.settings import Settings
from shared.kernel.clock import Clock
from shared.storage.store import Store
from shared.web.region import Sender

notifier = Notifier("mailbox")


def make(settings: Settings, store: Store[Work], sender: Sender, clock: Clock) -> Send | None:  # noqa: ARG001
    """Used where there is no mail server."""
    if settings.smtp_host is not None:
        return None

    def keep(message: Message) -> Outcome:
        mail = Mail(
            message.message_id, message.to, message.subject, message.text, message.html, clock.now(), message.idea_id
        )
        with store.writing() as work:
            work.desk.keep_mail(mail)
        return Outcome(How.SENT)

    async def send(message: Message) -> Outcome:
        return await asyncio.to_thread(keep, message)

    return send
