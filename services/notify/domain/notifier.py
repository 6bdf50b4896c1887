"""What carries messages to people: the Protocol that each folder in `notifiers/` fulfils."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from shared.kernel.ids import IdeaId

MAIL, PHONE = "mail", "phone"  # kinds of address
SILENT = "server_silent"  # the reason of an outcome when nobody answers: others would wait in vain too
_NOWHERE = re.compile(r"[^@\s,;<>\"]+@([a-z0-9-]+\.)+example", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to go. The same delivery gives the same `message_id`, however often it is tried.

    `idea_id` is that of the idea whose words or holder it has in it; None when it has neither.
    """

    message_id: str
    to: str
    to_name: str
    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict[str, str])
    idea_id: IdeaId | None = None
    reach: str = MAIL  # the kind of address that `to` is


class How(Enum):
    SENT = "sent"
    LATER = "later"  # not now: try again
    UNSURE = "unsure"  # handed over, and no answer came: try again, it may be there twice
    FAILED = "failed"  # never: a person must look


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went, and a code that says why it did not: no personal data."""

    how: How
    reason: str = ""


Send = Callable[[Message], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Notifier:
    """`name` is in settings, metrics and logs: never change it. `leaves`: people outside get what it carries.

    `reaches` is the kind of address that it takes. `reads` are settings of its own, with the prefix GORT_NOTIFY_<NAME>_.
    """

    name: str
    leaves: bool = True
    reaches: str = MAIL
    reads: type | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """A notifier in use. `live`: what it carries may go to anybody."""

    notifier: Notifier
    send: Send
    live: bool

    def refuses(self, address: str) -> bool:
        return self.notifier.leaves and not self.live and not leads_nowhere(address)

    def keeps(self, address: str) -> bool:
        """Would somebody there wait in vain, because mail stays in the house?"""
        return not self.notifier.leaves and not leads_nowhere(address)


Carriers = Mapping[str, Carrier]  # by the kind of address that each reaches; there is always one for mail


def leads_nowhere(address: str) -> bool:
    """Is it under `.example`, where nobody lives (RFC 2606)?"""
    return _NOWHERE.fullmatch(address) is not None


def guarded(send: Send) -> Send:
    """As `send`, but nobody outside ever gets anything: for trials. Every notifier that leaves is wrapped in it."""

    async def only_nowhere(message: Message) -> Outcome:
        return await send(message) if leads_nowhere(message.to) else Outcome(How.FAILED, "not_live")

    return only_nowhere
