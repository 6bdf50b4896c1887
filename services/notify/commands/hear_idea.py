"""Write down what was told of an idea or its holder, in whatever order it comes, and go on when all is known."""

from dataclasses import replace

from services.notify.commands.plan_referrals import plan_referrals
from services.notify.commands.speak import name_of, say_of
from services.notify.domain.case import Case
from services.notify.domain.contact import Contact
from services.notify.domain.delivery import Delivery
from services.notify.domain.referral import OPEN, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.events.idea_received import IdeaReceived
from shared.events.referral_cancelled import ReferralCancelled
from shared.kernel.ids import IdeaId, MunicipalityCode


def hear_received(event: IdeaReceived, work: Work, tools: Tools) -> None:
    case = _case(event.idea_id, work)
    if case.withdrawn_at is None and case.received is None:
        work.cases.put(replace(case, received=event))
        thank(event.idea_id, work, tools)
        plan_referrals(event.idea_id, work, tools)


def hear_contact(contact: Contact, work: Work, tools: Tools) -> None:
    if _case(contact.idea_id, work).withdrawn_at is None:
        work.contacts.put(contact)
        thank(contact.idea_id, work, tools)


def thank(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """One receipt, as soon as both the idea and who told it are known, to those who want mail."""
    case, contact = work.cases.get(idea_id), work.contacts.get(idea_id)
    if case and case.received and contact and contact.email and contact.reach == "mail":
        _mail_holder(f"receipt-{idea_id}", "receipt", idea_id, work, tools)


def send_link(idea_id: IdeaId, sequence: int, work: Work, tools: Tools) -> None:
    """The holder asked for the link again."""
    contact = work.contacts.get(idea_id)
    if contact and contact.email:
        _mail_holder(f"link-{idea_id}-{sequence}", "link", idea_id, work, tools)


def hear_classified(event: IdeaClassified, work: Work, tools: Tools) -> None:
    case = _case(event.idea_id, work)
    if case.withdrawn_at is None and (case.classified is None or case.classified.sequence < event.sequence):
        work.cases.put(replace(case, classified=event))
        plan_referrals(event.idea_id, work, tools)


def hear_matched(event: IdeaMatched, work: Work, tools: Tools) -> None:
    case = _case(event.idea_id, work)
    if case.withdrawn_at is None and (case.matched is None or case.matched.sequence < event.sequence):
        work.cases.put(replace(case, matched=event))
        plan_referrals(event.idea_id, work, tools)


def hear_located(idea_id: IdeaId, municipality: MunicipalityCode, work: Work) -> None:
    case = _case(idea_id, work)
    if case.withdrawn_at is None:
        work.cases.put(replace(case, confirmed=municipality))


def hear_withdrawn(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Every open referral is cancelled, nothing more goes out of the idea, and its words are removed."""
    case, now = _case(idea_id, work), tools.clock.now()
    if case.withdrawn_at is not None:
        return
    work.cases.put(case.forgotten(now))
    work.deliveries.cancel(idea_id)
    work.desk.erase_mails(idea_id)
    work.forget(idea_id)
    for referral in work.referrals.of(idea_id):
        if referral.state not in OPEN:
            continue
        gone, change = referral.cancel(now, "holder", "withdrawn")
        work.referrals.put(replace(gone, words=""), change)
        say_of(ReferralCancelled, gone, name_of(gone, work), work, now, by="holder", reason="withdrawn")
        if referral.state in (State.REQUESTED, State.ACCEPTED):
            work.deliveries.add(
                Delivery(
                    f"withdrawn-{referral.referral_id}",
                    "withdrawn_partner",
                    "partner",
                    now,
                    now,
                    idea_id,
                    referral.referral_id,
                )
            )
    work.notice()


def hear_erased(idea_id: IdeaId, work: Work) -> None:
    """Forget who told it, the mail to them included."""
    work.contacts.erase(idea_id)
    work.desk.erase_mails(idea_id)


def _case(idea_id: IdeaId, work: Work) -> Case:
    return work.cases.get(idea_id) or Case(idea_id)


def _mail_holder(delivery_id: str, purpose: str, idea_id: IdeaId, work: Work, tools: Tools) -> None:
    now = tools.clock.now()
    work.deliveries.add(Delivery(delivery_id, purpose, "holder", now, now, idea_id))
    work.notice()
