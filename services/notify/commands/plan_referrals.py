"""When all is known of an idea, decide whom to ask: at once, or after an operator has looked."""

from dataclasses import replace

from services.notify.commands.request_referral import request_referral
from services.notify.commands.speak import say_of
from services.notify.domain.case import Case
from services.notify.domain.policy import Candidate, Proposal, best_first, propose
from services.notify.domain.referral import Change, Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry import Actor
from shared.events.referral_drafted import ReferralDrafted
from shared.kernel.ids import ActorId, IdeaId, ReferralId, new_id

POLICY = "policy"  # who, in the history, when it was not a person


def plan_referrals(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Once per idea. Called whenever a fact arrives; returns without doing anything until the last one has."""
    case = work.cases.get(idea_id)
    if case is None or not case.complete or case.planned:
        return
    work.cases.put(replace(case, planned=True))
    offer_next(idea_id, work, tools)


def offer_next(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """Ask the next who fits, or draft it: at the start, and after a no. Actors that have been tried are remembered."""
    case = work.cases.get(idea_id)
    if case is None or not case.complete:
        return
    tried = work.referrals.of(idea_id)
    asked = sum(1 for r in tried if r.asked_at)
    names = {r.actor_id for r in tried}
    for proposal in propose(case, candidates(case, work, tools), tools.rules, names, asked):
        draft = make_draft(idea_id, proposal, work, tools)
        if not proposal.remedy:
            request_referral(draft.referral_id, POLICY, "consent", work, tools)


def candidates(case: Case, work: Work, tools: Tools) -> list[Candidate]:
    """Actors of the match that the directory (still) knows, best first."""
    matches = best_first(case.matched.actors if case.matched else ())
    known = work.entries.by_key([f"actor:{m.entry_id}" for m in matches])
    pairs = ((known.get(f"actor:{m.entry_id}"), m.score) for m in matches)
    return [tools.candidate(actor, score, work) for actor, score in pairs if isinstance(actor, Actor)]


def make_draft(idea_id: IdeaId, proposal: Proposal, work: Work, tools: Tools, who: str = POLICY) -> Referral:
    """A referral that is not sent; told, when it waits for an operator."""
    now = tools.clock.now()
    referral = Referral(
        referral_id=ReferralId(new_id()),
        idea_id=idea_id,
        actor_id=ActorId(proposal.actor.id),
        state=State.DRAFT,
        owner="operator",
        due=tools.contact_by(),
        created_at=now,
        changed_at=now,
        remedy=proposal.remedy,
    )
    work.referrals.put(referral, Change(now, who, None, State.DRAFT, proposal.remedy))
    if proposal.remedy:
        say_of(ReferralDrafted, referral, proposal.actor.name, work, now, remedy=proposal.remedy)
    return referral
