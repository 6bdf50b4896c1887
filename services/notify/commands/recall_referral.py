"""Restored from a backup: what notify told of a referral after it was made holds, and is neither decided nor told anew."""

from dataclasses import replace

from services.notify.commands.answer_referral import tell_holder
from services.notify.commands.hear_idea import case_of
from services.notify.commands.speak import next_sequence
from services.notify.commands.write_to import ask_partner, write_to_partner
from services.notify.domain.notices import Disclosure
from services.notify.domain.referral import Change, Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.delivery_failed import DeliveryFailed
from shared.events.referral_accepted import ReferralAccepted
from shared.events.referral_cancelled import ReferralCancelled
from shared.events.referral_drafted import ReferralDrafted
from shared.events.referral_rejected import ReferralRejected
from shared.events.referral_reopened import ReferralReopened
from shared.events.referral_requested import ReferralRequested

Told = ReferralDrafted | ReferralRequested | ReferralAccepted | ReferralRejected | ReferralCancelled | ReferralReopened
RECALLED = "gort recall"  # who, in the history: not the rules, which leave alone what others did


def recall_referral(event: Told | DeliveryFailed, work: Work, tools: Tools) -> bool:
    """Whether it was news. A question, or the mails of a yes, that may not have gone out are due again: the same ids."""
    case = case_of(event.idea_id, work)
    if event.sequence <= case.version:
        return False
    case = replace(case, version=event.sequence - 1)
    work.cases.put(case if isinstance(event, DeliveryFailed) else replace(case, planned=True))
    if isinstance(event, DeliveryFailed):  # it is due again, and will say so again
        next_sequence(event.idea_id, work)
        return True
    known = work.referrals.get(event.referral_id)
    referral = _as_told(event, known or _new(event, tools))
    change = Change(event.at, RECALLED, known.state if known else None, referral.state, referral.reason)
    work.referrals.put(referral, change)
    if isinstance(event, ReferralRequested | ReferralAccepted) and event.disclosed:
        basis = event.basis if isinstance(event, ReferralRequested) else "consent"
        shown = Disclosure(event.referral_id, event.idea_id, event.at, event.actor_name, event.disclosed, basis)
        work.referrals.disclosed(shown)
    if isinstance(event, ReferralRequested):
        ask_partner(referral, work, tools)
    if isinstance(event, ReferralAccepted):
        write_to_partner("accepted_partner", referral, work, tools)
    next_sequence(event.idea_id, work)
    if isinstance(event, ReferralAccepted):
        tell_holder(referral, work, tools)
    elif known and known.state is State.ACCEPTED:
        work.desk.call_off(event.idea_id, event.at)
    return True


def _new(event: Told, tools: Tools) -> Referral:
    due, (idea_id, actor_id) = tools.contact_by(), (event.idea_id, event.actor_id)
    return Referral(event.referral_id, idea_id, actor_id, State.DRAFT, "operator", due, event.at, event.at)


def _as_told(event: Told, before: Referral) -> Referral:
    """What was told is true, whatever came before: of that some may be older than what Kafka keeps."""
    now = replace(before, changed_at=event.at)
    match event:
        case ReferralDrafted():
            return replace(now, state=State.DRAFT, remedy=event.remedy)
        case ReferralRequested():
            asked = replace(now, asked_at=event.at, round=before.round + 1, remedy="")
            return replace(asked, state=State.REQUESTED, owner="partner", due=event.due)
        case ReferralReopened():
            asked = replace(now, answered_by="", reason="", words="")
            return replace(asked, state=State.REQUESTED, owner="partner", due=event.due)
        case ReferralAccepted():
            yes = replace(now, state=State.ACCEPTED, owner="partner", due=event.contact_by)
            return replace(yes, answered_by=event.answered_by)
        case ReferralRejected():
            no = replace(now, state=State.REJECTED, owner="", reason=event.reason)
            return replace(no, answered_by=event.actor_name)  # who of them, and in which words, was not told
        case ReferralCancelled():
            return replace(now, state=State.CANCELLED, owner="", reason=event.reason)
