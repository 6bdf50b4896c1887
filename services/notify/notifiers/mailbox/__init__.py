"""Mail that goes nowhere: it is kept, and operators read it on the mailbox page. For trials and for a first look."""

import asyncio

from services.notify.domain.notices import Mail
from services.notify.domain.notifier import How, Message, Notifier, Outcome, Send
from services.notify.domain.work import Work
from services.notify.settings import Settings
from shared.kernel.clock import Clock
from shared.storage.store import Store
from shared.web.region import Sender

notifier = Notifier("mailbox", leaves=False)


def make(settings: Settings, store: Store[Work], sender: Sender, clock: Clock) -> Send | None:  # noqa: ARG001
    """Always there."""

    def keep(message: Message) -> Outcome:
        with store.writing() as work:
            case = work.cases.get(message.idea_id) if message.idea_id else None
            if case and case.withdrawn_at:  # while the message was being written
                return Outcome(How.FAILED, "withdrawn")
            work.desk.keep_mail(
                Mail(
                    message_id=message.message_id,
                    to=message.to,
                    subject=message.subject,
                    text=message.text,
                    html=message.html,
                    at=clock.now(),
                    idea_id=message.idea_id,
                )
            )
        return Outcome(How.SENT)

    async def send(message: Message) -> Outcome:
        return await asyncio.to_thread(keep, message)

    return send
