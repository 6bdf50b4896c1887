"""Write down what was told of an idea or its holder, in whatever order it comes, and go on when all is known."""

from dataclasses import replace

from services.notify.commands.answer_referral import hand_over
from services.notify.commands.plan_referrals import plan_again, plan_referrals
from services.notify.commands.write_to import send_page_link, send_receipt
from services.notify.domain.case import Case
from services.notify.domain.contact import Contact
from services.notify.domain.referral import State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.events.idea_received import IdeaReceived
from shared.kernel.ids import IdeaId, MunicipalityCode


def hear_received(event: IdeaReceived, work: Work, tools: Tools) -> None:
    case = case_of(event.idea_id, work)
    if case.withdrawn_at is None and case.received is None:
        work.cases.put(replace(case, received=event))
        _greet(event.idea_id, work, tools)
        plan_referrals(event.idea_id, work, tools)


def hear_contact(contact: Contact, work: Work, tools: Tools) -> None:
    """One that comes so late that somebody has said yes is handed over at once."""
    if case_of(contact.idea_id, work).withdrawn_at is not None:
        return
    first = work.contacts.get(contact.idea_id) is None
    work.contacts.put(contact)
    _greet(contact.idea_id, work, tools)
    for referral in work.referrals.of(contact.idea_id) if first else ():
        if referral.state is State.ACCEPTED:
            hand_over(referral, work, tools)


def hear_classified(event: IdeaClassified, work: Work, tools: Tools) -> None:
    case = case_of(event.idea_id, work)
    if case.withdrawn_at is None and (case.classified is None or case.classified.sequence < event.sequence):
        work.cases.put(replace(case, classified=event))
        plan_referrals(event.idea_id, work, tools)


def hear_matched(event: IdeaMatched, work: Work, tools: Tools) -> None:
    case = case_of(event.idea_id, work)
    if case.withdrawn_at is None and (case.matched is None or case.matched.sequence < event.sequence):
        work.cases.put(replace(case, matched=event))
        plan_referrals(event.idea_id, work, tools)
        if case.planned:
            plan_again(event.idea_id, work, tools)


def hear_located(idea_id: IdeaId, municipality: MunicipalityCode, work: Work, tools: Tools) -> None:
    """The match for that place comes by itself, now or later; whichever is last moves what has to move."""
    case = case_of(idea_id, work)
    if case.withdrawn_at is None:
        work.cases.put(replace(case, confirmed=municipality))
        plan_again(idea_id, work, tools)


def send_link(idea_id: IdeaId, wish: int, work: Work, tools: Tools) -> None:
    """The holder asked for the link again. It waits until we know who they are: nothing orders that and their wish."""
    if case_of(idea_id, work).withdrawn_at is None:
        send_page_link(idea_id, wish, work, tools)
        _greet(idea_id, work, tools)


def case_of(idea_id: IdeaId, work: Work) -> Case:
    """What is known of an idea so far: its first fact may be any."""
    return work.cases.get(idea_id) or Case(idea_id)


def _greet(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """As soon as both the idea and who told it are known: one receipt to those who want mail, and the links they asked for."""
    case, contact = work.cases.get(idea_id), work.contacts.get(idea_id)
    if case and case.received and contact and contact.email:
        work.deliveries.release(idea_id, tools.clock.now())
        work.notice()
        if contact.reach == "mail":
            send_receipt(idea_id, work, tools)
