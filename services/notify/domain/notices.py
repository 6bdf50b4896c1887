"""Small things that operators see: calls to make, what was disclosed, what is parked elsewhere, who did what."""

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.ids import IdeaId, ReferralId


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to ring, and why (a code). The number is in `contacts`."""

    call_id: str
    idea_id: IdeaId
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Who was shown what of an idea, when, and on what basis."""

    referral_id: ReferralId
    idea_id: IdeaId
    at: datetime
    to_whom: str
    what: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class ParkedElsewhere:
    """An event that some service has put aside."""

    parked_key: str
    service: str
    reaction: str
    event_type: str
    subject: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """What an operator did, for the audit trail. `what` is a code."""

    at: datetime
    who: str
    what: str
    idea_id: IdeaId | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """All that would go out waits: who said so, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that went to the mailbox page instead of out."""

    message_id: str
    to: str
    subject: str
    text: str
    html: str
    at: datetime
    idea_id: IdeaId | None
    mail_id: int = 0
