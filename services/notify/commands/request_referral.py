"""Ask a partner: record what is disclosed and on what basis, set the deadline, let the mail be sent."""

from services.notify.commands.speak import say_of
from services.notify.commands.write_to import ask_partner
from services.notify.domain.case import Case
from services.notify.domain.notices import Disclosure
from services.notify.domain.referral import AsAsked, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry import Actor
from shared.events.referral_requested import ReferralRequested
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.ids import ReferralId


def shown_of(case: Case) -> tuple[str, ...]:
    """What the partner may see of an idea. A place that is told later stands on their page too, a title cannot come."""
    titled = case.received and case.received.title
    return ("text", *(("title",) if titled else ()), "place", "labels")


def request_referral(referral_id: ReferralId, who: str, basis: str, work: Work, tools: Tools) -> None:
    """Raise `NotFound`, or `Conflict` (a 409) when it cannot be asked: withdrawn, another said yes, no consent, unchecked,

    no address.
    """
    referral = work.referrals.get(referral_id)
    if referral is None:
        raise NotFound("no_such_referral")
    case = work.cases.get(referral.idea_id)
    actor = work.entries.by_key([f"actor:{referral.actor_id}"]).get(f"actor:{referral.actor_id}")
    now = tools.clock.now()
    asked, change = referral.request(tools.answer_by(), now, who)
    if case is None or not case.complete:
        raise Conflict("cannot_ask")
    if any(r.state is State.ACCEPTED for r in work.referrals.of(referral.idea_id)):
        raise Conflict("somebody_said_yes")
    if not isinstance(actor, Actor):
        raise NotFound("no_such_actor")
    if not case.may_share:
        raise Conflict("ask_consent")
    candidate = tools.candidate(actor, 1.0, work)
    if not candidate.checked:
        raise Conflict("call_first")
    if candidate.paused:
        raise Conflict("paused")
    if not candidate.address:
        raise Conflict("add_address")
    work.referrals.put(asked, change)
    shown = shown_of(case)
    work.referrals.keep_as_asked(AsAsked(referral_id, case.idea_id, case.municipality, case.match_of(actor.id)))
    work.referrals.disclosed(Disclosure(referral_id, referral.idea_id, now, actor.name, shown, basis))
    ask_partner(asked, work, tools)
    say_of(ReferralRequested, asked, work, now, due=asked.due, disclosed=shown, basis=basis)
