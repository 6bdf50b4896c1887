"""What the commands need besides storage: the rules, the clock, how long people get, and which addresses are used."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.notify.domain.notifier import MAIL
from services.notify.domain.policy import Candidate, Rules
from services.notify.domain.work import Work
from services.notify.domain.working_days import after, between
from shared.events.entry import Actor
from shared.kernel.clock import Clock
from shared.kernel.ids import ActorId


def mark_of(address: str) -> str:
    """What stands for an operator's address where addresses are not kept."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Tools:
    """`demo_domain`: every checked actor gets an address there that leads nowhere; for trials.

    Days begin at midnight in `zone`, and working days are those of `country`.
    """

    rules: Rules
    clock: Clock
    answer_days: int = 10  # working days to answer
    contact_days: int = 5  # working days to be in touch after a yes
    demo_domain: str | None = None
    country: str = "SE"
    zone: str = "Europe/Stockholm"
    operators: tuple[str, ...] = ()  # their mail addresses, in small letters
    kinds: tuple[str, ...] = (MAIL,)  # of address that a message can go to

    def today(self) -> date:
        return self._day(self.clock.now())

    def answer_by(self) -> date:
        return after(self.today(), self.answer_days, self.country)

    def contact_by(self) -> date:
        return after(self.today(), self.contact_days, self.country)

    def waited(self, since: datetime) -> int:
        """How many working days somebody has waited."""
        return between(self._day(since), self.today(), self.country)

    def left(self, due: date) -> int:
        """How many working days are left until a day: 0 on the day itself, and after it."""
        return between(self.today(), due, self.country)

    def _day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()

    def operator_of(self, mark: str) -> str | None:
        """The address of the operator with a mark, if they still are one."""
        return next((address for address in self.operators if mark_of(address) == mark), None)

    def address_of(self, actor: Actor, work: Work) -> str | None:
        """An operator's address first, then a trial's, then the directory's if it is a shared mailbox."""
        if own := work.partners.address(ActorId(actor.id)):
            return own
        if self.demo_domain:
            return f"{actor.id}@{self.demo_domain}"
        return actor.contact_address if actor.contact_channel == "funktionsbrevlada" else None

    def candidate(self, actor: Actor, score: float, work: Work) -> Candidate:
        known = ActorId(actor.id)
        checked = actor.verified or work.partners.checked(known)
        return Candidate(actor, score, self.address_of(actor, work), checked, work.partners.paused(known))
