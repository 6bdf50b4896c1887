"""When all is known of an idea, decide whom to ask: at once, or after an operator has looked."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from services.notify.commands.request_referral import request_referral
from services.notify.commands.speak import say_of
from services.notify.commands.take_back import take_back
from services.notify.domain.case import Case
from services.notify.domain.policy import Candidate, Proposal, best_first, propose, works_in
from services.notify.domain.referral import MATCHED_AGAIN, MOVED, OPEN, POLICY, Change, Referral, State, id_for
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry import Actor
from shared.events.referral_drafted import ReferralDrafted
from shared.kernel.ids import ActorId, IdeaId, ReferralId


def plan_referrals(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Called whenever a fact arrives; does nothing until the last one has, nor when it has been done.

    The last one may be an entry of the directory: nothing orders its stream and that of the matches.
    """
    case = work.cases.get(idea_id)
    if case is None or not case.complete or case.planned or work.entries.unheard(case.wanted):
        return
    work.cases.put(replace(case, planned=True))
    offer_next(idea_id, work, tools)


def offer_next(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Ask the next who fits, or draft it: at the start, and after a no. Actors that have been tried are remembered.

    Does nothing while somebody else is asked or has said yes.
    """
    case = work.cases.get(idea_id)
    if case is None or not case.complete:
        return
    before = work.referrals.of(idea_id)
    if any(r.state in (State.REQUESTED, State.ACCEPTED) for r in before):
        return
    asked = sum(1 for r in before if r.asked_at and r.tried)
    tried = {r.actor_id for r in before if r.tried}
    _offer(idea_id, propose(case, candidates(case, work, tools), tools.rules, tried, asked), work, tools)


def plan_again(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """A newer match came, or the holder corrected the place. Drafts that the rules made follow it.

    Once a partner was asked, or an operator has decided anything, it is theirs: nothing is changed. But a question that
    waits at one who does not work in the corrected place is taken back, and the plan goes on.
    """
    case = work.cases.get(idea_id)
    if case is None or not case.complete or not case.planned or not case.placed:
        return
    decided = {referral_id for referral_id, change in work.referrals.history(idea_id) if change.who != POLICY}
    misplaced = [r for r in work.referrals.of(idea_id) if _misplaced(r, case, decided, work)]
    for referral in misplaced:
        take_back(referral, "holder", MOVED, work, tools)
    before = work.referrals.of(idea_id)
    if misplaced and (any(r.asked_at for r in misplaced) or not any(r.state in OPEN for r in before)):
        offer_next(idea_id, work, tools)
        return
    if decided or any(r.asked_at for r in before):
        return
    drafts = {r.actor_id: r for r in before if r.state is State.DRAFT}
    proposals = propose(case, candidates(case, work, tools), tools.rules, (), 0)
    wanted = {p.actor.id: p for p in proposals}
    for actor_id, draft in drafts.items():
        if (still := wanted.get(actor_id)) is None:
            cancel_draft(draft, MATCHED_AGAIN, work, tools)
        elif still.remedy:
            set_remedy(draft, still.remedy, work, tools)
        else:
            request_referral(draft.referral_id, POLICY, "consent", work, tools)
    _offer(idea_id, [p for p in proposals if p.actor.id not in drafts], work, tools)


def candidates(case: Case, work: Work, tools: Tools) -> list[Candidate]:
    """Actors of the match that the directory (still) knows, best first; none that works elsewhere than the holder said."""
    matches = best_first(case.matched.actors if case.matched else ())
    known = work.entries.by_key(case.wanted)
    pairs = ((known.get(f"actor:{m.entry_id}"), m.score) for m in matches)
    fit = ((a, score) for a, score in pairs if isinstance(a, Actor) and works_in(a, case.confirmed))
    return [tools.candidate(actor, score, work) for actor, score in fit]


def _misplaced(referral: Referral, case: Case, decided: Collection[ReferralId], work: Work) -> bool:
    """Does it wait at a partner who does not work where the holder, since then, said that the idea lives?

    A draft for one whom an operator chose is left to them.
    """
    left_alone = referral.state is State.DRAFT and referral.referral_id in decided
    if left_alone or referral.state not in (State.DRAFT, State.REQUESTED) or case.confirmed is None:
        return False
    asked, key = work.referrals.as_asked(referral.referral_id), f"actor:{referral.actor_id}"
    actor = work.entries.by_key([key]).get(key)
    since = asked is None or asked.place != case.confirmed
    return since and isinstance(actor, Actor) and not works_in(actor, case.confirmed)


def make_draft(idea_id: IdeaId, proposal: Proposal, work: Work, tools: Tools, who: str = POLICY) -> Referral:
    """A referral that is not sent; told, when it waits for an operator."""
    now, actor_id = tools.clock.now(), ActorId(proposal.actor.id)
    before = sum(1 for r in work.referrals.of(idea_id) if r.actor_id == actor_id)
    referral = Referral(
        referral_id=id_for(idea_id, actor_id, before),
        idea_id=idea_id,
        actor_id=actor_id,
        state=State.DRAFT,
        owner="operator",
        due=tools.contact_by(),
        created_at=now,
        changed_at=now,
        remedy=proposal.remedy,
    )
    work.referrals.put(referral, Change(now, who, None, State.DRAFT, proposal.remedy))
    if proposal.remedy:
        say_of(ReferralDrafted, referral, work, now, remedy=proposal.remedy)
    return referral


def set_remedy(draft: Referral, remedy: str, work: Work, tools: Tools) -> None:
    """A draft shows what is missing now, not what was."""
    if remedy != draft.remedy:
        now = tools.clock.now()
        changed = replace(draft, remedy=remedy)
        work.referrals.put(changed, Change(now, POLICY, State.DRAFT, State.DRAFT, remedy))
        say_of(ReferralDrafted, changed, work, now, remedy=remedy)


def cancel_draft(draft: Referral, why: str, work: Work, tools: Tools, who: str = POLICY) -> None:
    """Take back what nobody was asked."""
    take_back(draft, "operator", why, work, tools, who)


def _offer(idea_id: IdeaId, proposals: Sequence[Proposal], work: Work, tools: Tools) -> None:
    for proposal in proposals:
        draft = make_draft(idea_id, proposal, work, tools)
        if not proposal.remedy:
            request_referral(draft.referral_id, POLICY, "consent", work, tools)
