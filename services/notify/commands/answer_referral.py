"""A partner answers: yes, not us, or "I pressed the wrong button". The same commands whichever door they came through."""

from services.notify.commands.plan_referrals import offer_next
from services.notify.commands.speak import name_of, say_of
from services.notify.commands.take_back import take_back
from services.notify.commands.write_to import write_to_holder, write_to_partner
from services.notify.domain.notices import Call, Disclosure
from services.notify.domain.referral import TAKEN, Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.referral_accepted import ReferralAccepted
from shared.events.referral_rejected import ReferralRejected
from shared.events.referral_reopened import ReferralReopened
from shared.kernel.errors import Conflict, NotFound, Refused
from shared.kernel.ids import ReferralId


def accept_referral(referral_id: ReferralId, by: str, work: Work, tools: Tools) -> None:
    """The partner says yes and gets to know who told the idea; the holder is told, and whoever else was asked.

    One partner at a time has an idea, and knows who told it. Raise `Conflict`, `Refused`.
    """
    referral, now = _answered(referral_id, by, work), tools.clock.now()
    others = [r for r in work.referrals.of(referral.idea_id) if r.referral_id != referral_id]
    yes, change = referral.accept(by.strip(), tools.contact_by(), now)
    if any(r.state is State.ACCEPTED for r in others):
        raise Conflict("taken_by_another")
    work.referrals.put(yes, change)
    hand_over(yes, work, tools)
    for other in others:
        if other.state in (State.DRAFT, State.REQUESTED):
            take_back(other, "partner", TAKEN, work, tools, yes.answered_by)


def hand_over(yes: Referral, work: Work, tools: Tools) -> None:
    """Let the partner and the holder know of each other, write down that they do, and tell so. At the yes, or as soon as

    we know who the holder is.
    """
    contact, now = work.contacts.get(yes.idea_id), tools.clock.now()
    given = contact.given() if contact else ()
    if given:
        work.referrals.disclosed(Disclosure(yes.referral_id, yes.idea_id, now, name_of(yes, work), given, "consent"))
    write_to_partner("accepted_partner", yes, work, tools)
    say_of(ReferralAccepted, yes, work, now, answered_by=yes.answered_by, contact_by=yes.due, disclosed=given)
    tell_holder(yes, work, tools)


def reject_referral(referral_id: ReferralId, by: str, reason: str, words: str, work: Work, tools: Tools) -> None:
    """The partner says no, and why. The next is asked, unless an operator has to choose. Raise `Conflict`, `Refused`."""
    referral, now = _answered(referral_id, by, work), tools.clock.now()
    no, change = referral.reject(by.strip(), reason, words, now)
    work.referrals.put(no, change)
    say_of(ReferralRejected, no, work, now, reason=reason)
    offer_next(no.idea_id, work, tools)


def undo_answer(referral_id: ReferralId, work: Work, tools: Tools) -> None:
    """Take an answer back within the hour. Somebody who was asked instead is taken back too, and a holder who knows of a

    yes is told. Raise `Conflict`.
    """
    referral, now = _known(referral_id, work), tools.clock.now()
    open_again, change = referral.undo(tools.answer_by(), now, referral.answered_by)
    case = work.cases.get(referral.idea_id)
    if case is None or case.withdrawn_at is not None:
        raise Conflict("withdrawn")
    others = [r for r in work.referrals.of(referral.idea_id) if r.referral_id != referral_id]
    if any(r.state is State.ACCEPTED for r in others):
        raise Conflict("taken_by_another")
    for other in others:
        if other.created_at >= referral.changed_at and other.state in (State.DRAFT, State.REQUESTED):
            take_back(other, "partner", "chose_another", work, tools, referral.answered_by)
    work.referrals.put(open_again, change)
    say_of(ReferralReopened, open_again, work, now, due=open_again.due)
    rung = not any(c.idea_id == referral.idea_id and c.why == "tell_accepted" for c in work.desk.calls())
    work.desk.call_off(referral.idea_id, now)
    if referral.state is State.ACCEPTED:
        _tell_undone(open_again, rung, work, tools)


def tell_holder(yes: Referral, work: Work, tools: Tools) -> None:
    """The way that they asked for; one who wants to be rung is for an operator. Who wants nothing has the page."""
    contact = work.contacts.get(yes.idea_id)
    if contact and contact.address(tools.kinds):
        write_to_holder("accepted_holder", yes, work, tools)
    elif contact and contact.reach == "call" and contact.phone:
        _call("accepted", yes, work, tools)


def _tell_undone(again: Referral, rung: bool, work: Work, tools: Tools) -> None:
    """To whom was told of the yes: a mail is only sent if the first one was; `rung` says that an operator has called."""
    contact = work.contacts.get(again.idea_id)
    if contact and contact.address(tools.kinds):
        write_to_holder("undone_holder", again, work, tools)
    elif contact and contact.reach == "call" and contact.phone and rung:
        _call("undone", again, work, tools)


def _call(what: str, referral: Referral, work: Work, tools: Tools) -> None:
    now = tools.clock.now()
    work.desk.call(Call(f"{what}-{referral.referral_id}-{now.timestamp():.0f}", referral.idea_id, f"tell_{what}", now))


def _answered(referral_id: ReferralId, by: str, work: Work) -> Referral:
    """The referral, if the one who answers has said who they are: mailboxes are shared."""
    if not by.strip():
        raise Refused("name_missing", field="name")
    if len(by) > 120:
        raise Refused("name_too_long", field="name")
    return _known(referral_id, work)


def _known(referral_id: ReferralId, work: Work) -> Referral:
    referral = work.referrals.get(referral_id)
    if referral is None:
        raise NotFound("no_such_referral")
    return referral
