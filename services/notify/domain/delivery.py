"""A message that is due to somebody: who and why, never what it says and never the address."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.notify.domain.referral import Referral
from shared.kernel.errors import Conflict
from shared.kernel.ids import IdeaId, ReferralId

WRITTEN = 20.0  # s for one message to be written
TIMEOUT = 20.0  # s for it to be taken by the server
RECORDED = 40.0  # s within which it is noted how that went, or never: 30 for a connection, then 10 for the write lock
LEASE = timedelta(seconds=90)  # longer than all three; a claim that is older was made by a process that died
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=30)
TRIES = 56  # a day of them, by those waits; then a person must look. None is used up while messages are paused, nor, but for
# one message a minute, while the server says nothing to anybody


def lead_id(referral: Referral) -> str:
    """The delivery by which its partner was asked, in the round that it is in; later mails to them answer it."""
    return f"lead-{referral.referral_id}-{referral.round}"


def receipt_id(idea_id: IdeaId) -> str:
    """The delivery that thanks for an idea; later mails to its holder answer it."""
    return f"receipt-{idea_id}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """`purpose` and ids say what to write and to whom, at sending time.

    `state`: waiting (until its reader is known), due, sending, sent, failed, cancelled. `to` is "holder", "partner" or an
    operator's mark. The id is stable: the Message-ID is made of it.
    """

    delivery_id: str
    purpose: str
    to: str
    due_at: datetime
    created_at: datetime
    idea_id: IdeaId | None = None
    referral_id: ReferralId | None = None
    state: str = "due"
    attempts: int = 0
    unsure: bool = False  # was claimed once without an outcome: may have arrived before
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    reason: str = ""
    trace: str = ""  # the traceparent of what made it due: whoever sends it goes on in that trace

    def claimed(self, at: datetime) -> "Delivery":
        """In the hands of a process that is about to send it."""
        again = self.state == "sending"
        return replace(self, state="sending", claimed_at=at, attempts=self.attempts + 1, unsure=self.unsure or again)

    def sent(self, at: datetime) -> "Delivery":
        return replace(self, state="sent", sent_at=at, reason="")

    def failed(self, reason: str) -> "Delivery":
        return replace(self, state="failed", reason=reason)

    def needless(self, reason: str) -> "Delivery":
        """Nobody misses it any more."""
        return replace(self, state="cancelled", reason=reason)

    def again(self, at: datetime) -> "Delivery":
        """As if it had just become due, with the same id. Raise `Conflict` when it was not given up."""
        if self.state != "failed":
            raise Conflict("not_failed")
        return replace(self, state="due", due_at=at, created_at=at, attempts=0, reason="")

    def doubtful(self) -> "Delivery":
        """Handed over, and no word came back: it may have arrived."""
        return replace(self, unsure=True)

    @property
    def arrived(self) -> bool:
        """Did it reach somebody, or may it have?"""
        return self.state in ("sending", "sent") or self.unsure

    def later(self, at: datetime, reason: str) -> "Delivery":
        """Try again, less and less often; fail when that has been done for a day."""
        if self.attempts >= TRIES:
            return self.failed(reason)
        wait = min(FIRST_WAIT * 2 ** min(self.attempts - 1, 10), LONGEST_WAIT)
        return replace(self, state="due", due_at=at + wait, reason=reason)
