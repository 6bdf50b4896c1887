"""A question, or a draft of one, is taken back: that is told, and a partner who was asked gets a mail."""

from services.notify.commands.speak import say_cancelled
from services.notify.commands.write_to import write_to_partner
from services.notify.domain.referral import POLICY, Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work


def take_back(referral: Referral, by: str, why: str, work: Work, tools: Tools, who: str = POLICY) -> None:
    """`by` is holder, operator or partner; `who` stands in the history. Raise `Conflict` when it has ended already."""
    gone, change = referral.cancel(tools.clock.now(), who, why)
    work.referrals.put(gone, change)
    say_cancelled(gone, by, why, work, change.at)
    if referral.state is not State.DRAFT:
        write_to_partner("cancelled_partner", gone, work, tools)
