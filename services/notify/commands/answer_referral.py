"""A partner answers: yes, not us, or "I pressed the wrong button". The same commands whichever door they came through."""

from services.notify.commands.plan_referrals import offer_next
from services.notify.commands.speak import name_of, say_of
from services.notify.domain.delivery import Delivery
from services.notify.domain.notices import Call, Disclosure
from services.notify.domain.referral import Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.referral_accepted import ReferralAccepted
from shared.events.referral_cancelled import ReferralCancelled
from shared.events.referral_rejected import ReferralRejected
from shared.events.referral_reopened import ReferralReopened
from shared.kernel.errors import Conflict, NotFound, Refused
from shared.kernel.ids import ReferralId


def accept_referral(referral_id: ReferralId, by: str, work: Work, tools: Tools) -> None:
    """The partner says yes and gets to know who told the idea; the holder is told. Raise `Conflict`, `Refused`."""
    referral, now = _answered(referral_id, by, work), tools.clock.now()
    contact = work.contacts.get(referral.idea_id)
    given = contact.given() if contact else ()
    yes, change = referral.accept(by.strip(), tools.contact_by(), now)
    work.referrals.put(yes, change)
    name = name_of(yes, work)
    if given:
        work.referrals.disclosed(Disclosure(referral_id, yes.idea_id, now, name, given, "consent"))
    _due("accepted_partner", "partner", yes, work, tools)
    if contact and contact.email and contact.reach != "none":
        _due("accepted_holder", "holder", yes, work, tools)
    elif contact and contact.phone:
        work.desk.call(Call(f"accepted-{referral_id}-{yes.round}", yes.idea_id, "tell_accepted", now))
    work.notice()
    say_of(ReferralAccepted, yes, name, work, now, answered_by=yes.answered_by, contact_by=yes.due, disclosed=given)


def reject_referral(referral_id: ReferralId, by: str, reason: str, words: str, work: Work, tools: Tools) -> None:
    """The partner says no, and why. The next is asked, unless an operator has to choose. Raise `Conflict`, `Refused`."""
    referral, now = _answered(referral_id, by, work), tools.clock.now()
    no, change = referral.reject(by.strip(), reason, words, now)
    work.referrals.put(no, change)
    say_of(ReferralRejected, no, name_of(no, work), work, now, reason=reason)
    offer_next(no.idea_id, work, tools)


def undo_answer(referral_id: ReferralId, work: Work, tools: Tools) -> None:
    """Take an answer back within the hour. Somebody who was asked instead is taken back too. Raise `Conflict`."""
    referral = _known(referral_id, work)
    now = tools.clock.now()
    others = [r for r in work.referrals.of(referral.idea_id) if r.referral_id != referral_id]
    if any(r.state is State.ACCEPTED for r in others):
        raise Conflict("taken_by_another")
    open_again, change = referral.undo(tools.answer_by(), now, referral.answered_by)
    work.referrals.put(open_again, change)
    say_of(ReferralReopened, open_again, name_of(open_again, work), work, now, due=open_again.due)
    for other in others:
        if other.created_at >= referral.changed_at and other.state in (State.DRAFT, State.REQUESTED):
            gone, why = other.cancel(now, "policy", "chose_another")
            work.referrals.put(gone, why)
            say_of(ReferralCancelled, gone, name_of(gone, work), work, now, by="operator", reason="chose_another")
            if other.state is State.REQUESTED:
                _due("cancelled_partner", "partner", gone, work, tools)
    work.notice()


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


def _due(purpose: str, to: str, referral: Referral, work: Work, tools: Tools) -> None:
    now, case = tools.clock.now(), work.cases.get(referral.idea_id)
    turn = case.version if case else 0  # an answer can be undone and given again: each is told
    work.deliveries.add(
        Delivery(
            delivery_id=f"{purpose}-{referral.referral_id}-{turn}",
            purpose=purpose,
            to=to,
            due_at=now,
            created_at=now,
            idea_id=referral.idea_id,
            referral_id=referral.referral_id,
        )
    )
