"""What the commands need besides storage: the rules, the clock, how long people get, and which addresses are used."""

from dataclasses import dataclass
from datetime import date

from services.notify.domain.policy import Candidate, Rules
from services.notify.domain.work import Work
from services.notify.domain.working_days import after
from shared.events.entry import Actor
from shared.kernel.clock import Clock
from shared.kernel.ids import ActorId


@dataclass(frozen=True, slots=True)
class Tools:
    """`demo_domain`: every checked actor gets an address there that leads nowhere; for trials."""

    rules: Rules
    clock: Clock
    answer_days: int = 10  # working days to answer
    contact_days: int = 5  # working days to be in touch after a yes
    demo_domain: str | None = None

    def answer_by(self) -> date:
        return after(self.clock.now().date(), self.answer_days)

    def contact_by(self) -> date:
        return after(self.clock.now().date(), self.contact_days)

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
