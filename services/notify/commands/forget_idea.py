"""The holder took an idea back, or who they are is to be forgotten: nothing more goes out, and the words are removed."""

from dataclasses import replace

from services.notify.commands.hear_idea import case_of
from services.notify.commands.speak import say_cancelled
from services.notify.commands.write_to import write_to_partner
from services.notify.domain.referral import OPEN, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.kernel.ids import IdeaId


def forget_idea(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Every open referral is cancelled. Partners who were asked are told. Remembered, should its match come later."""
    case, now = case_of(idea_id, work), tools.clock.now()
    if case.withdrawn_at is not None:
        return
    work.cases.put(case.forgotten(now))
    work.deliveries.cancel(idea_id)
    work.desk.erase_mails(idea_id)
    work.desk.call_off(idea_id, now)
    work.forget(idea_id)
    for referral in work.referrals.of(idea_id):
        if referral.state in OPEN:
            gone, change = referral.cancel(now, "holder", "withdrawn")
            work.referrals.put(replace(gone, words=""), change)
            say_cancelled(gone, "holder", "withdrawn", work, now)
        if referral.state in (State.REQUESTED, State.ACCEPTED):
            write_to_partner("withdrawn_partner", referral, work, tools)
    work.referrals.erase_words(idea_id)


def forget_contact(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Who told it, the mail to them, what waits to be sent to them or rung about, and what was parked of it."""
    work.contacts.erase(idea_id)
    work.deliveries.cancel(idea_id, to="holder")
    work.desk.erase_mails(idea_id)
    work.desk.call_off(idea_id, tools.clock.now())
    work.forget_parked(idea_id)
