"""Whom to ask about an idea, and when a person must look first. Pure: facts in, decisions out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.notify.domain.case import Case
from shared.events.entry import Actor
from shared.events.idea_matched import Match
from shared.kernel.ids import MunicipalityCode


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that fits, and what notify knows of reaching it."""

    actor: Actor
    score: float
    address: str | None
    checked: bool  # verified by a source, or rung and ticked by an operator
    paused: bool = False  # asked us not to send them anything for now


@dataclass(frozen=True, slots=True)
class Rules:
    """`mode` confirm: an operator sends; auto: the best is asked. `most` are asked before an operator takes over."""

    mode: str
    threshold: float
    most: int = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A referral to make: to be sent at once, or to wait as a draft with what an operator must do."""

    actor: Actor
    remedy: str = ""  # empty: ask now


def works_in(actor: Actor, place: MunicipalityCode | None) -> bool:
    """Does it help people there? Anybody may where the place is not known."""
    return place is None or actor.whole_county or place in actor.municipalities


def remedy_of(case: Case, candidate: Candidate, rules: Rules, asked: int) -> str:
    """What must be done before this candidate can be asked; empty when nothing must. The holder's leave comes first."""
    in_the_way = (
        (not case.may_share, "ask_consent"),
        (case.unsure, "look_at_labels"),
        (candidate.paused, "paused"),
        (not candidate.checked, "call_first"),
        (not candidate.address, "add_address"),
        (candidate.score < rules.threshold or asked >= rules.most, "choose_actor"),
        (rules.mode != "auto", "confirm"),
    )
    return next((remedy for stands, remedy in in_the_way if stands), "")


def remedy_now(case: Case, candidate: Candidate, before: str) -> str:
    """What must be done about a draft that stands. When nothing is in the way any more, an operator reads and sends it;
    one that was for an operator to choose stays so.
    """
    now = remedy_of(case, candidate, Rules("confirm", 0.0), 0)
    return before if now == "confirm" and before == "choose_actor" else now


def propose(
    case: Case, candidates: Sequence[Candidate], rules: Rules, tried: Collection[str], asked: int
) -> tuple[Proposal, ...]:
    """Under `auto` the best that can be asked is asked, and at most one better that cannot waits as a draft: an idea
    should reach somebody today, and the operator should see who was passed over. Otherwise the best waits as a draft.
    Of those who can be asked, one for whom something must be solved first is asked after all for whom nothing must.
    Partners who have paused questions are passed over in silence while there is anybody else: nothing there to remedy.

    `candidates` are best first; `tried` are actors that have a referral already; `asked` is how many were asked.
    """
    untried = [c for c in candidates if c.actor.id not in tried]
    fresh = [c for c in untried if not c.paused] or untried
    if not fresh:
        return ()
    ready = [c for c in fresh if not remedy_of(case, c, rules, asked)]
    if ready:
        tied = {m.entry_id for m in (case.matched.actors if case.matched else ()) if m.missing}
        chosen = next((c for c in ready if c.actor.id not in tied), ready[0])
        better = [c for c in fresh[: fresh.index(chosen)] if c not in ready]
        return (*(Proposal(c.actor, remedy_of(case, c, rules, asked)) for c in better[:1]), Proposal(chosen.actor))
    return (Proposal(fresh[0].actor, remedy_of(case, fresh[0], rules, asked)),)


def best_first(matches: Sequence[Match]) -> list[Match]:
    return sorted((m for m in matches if m.kind == "actor"), key=lambda m: (-m.score, m.entry_id))
