"""Nobody is asked by itself unless the holder agreed, we were sure, and the partner has said that they are there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.case import Case
from services.notify.domain.policy import Candidate, Proposal, Rules, best_first, propose, remedy_of
from shared.events.entry import Actor
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched, Match, Reason
from shared.events.idea_received import IdeaReceived
from shared.kernel.ids import EntryId, IdeaId, LanguageTag

NOW = datetime(2026, 3, 2, tzinfo=UTC)
AUTO, CONFIRM = Rules("auto", 0.3), Rules("confirm", 0.3)


def actor(name: str) -> Actor:
    return Actor.model_validate(
        {
            "id": name, "name": name, "name_en": name, "source": [], "verified": True, "reviewed": "2026-01-01",
            "org_type": "forening", "whole_county": True, "municipalities": [], "challenges": [], "support_types": [],
            "target_groups": [], "idea_stages": ["ide"], "description": "", "description_en": "",
            "contact_channel": "okand",
        }
    )  # fmt: skip


def case(consent: bool = True, abstained: bool = False, seen: bool = False, consent_by: str = "") -> Case:
    received = IdeaReceived(
        idea_id=IdeaId("i"), sequence=1, at=NOW, code="G7K4M2P", title=None, text="en idé", language=LanguageTag("sv"),
        place=None, municipality=None, legal_form=None, channel="web", may_share=consent, reach="none",
    )  # fmt: skip
    classified = IdeaClassified(
        idea_id=IdeaId("i"), sequence=1, at=NOW, labels=(), abstained=abstained,
        abstained_why="unsure" if abstained else None, municipalities=(), place_certain=False, model="test",
    )  # fmt: skip
    return Case(IdeaId("i"), received, classified, consent_by=consent_by, seen_by="olle" if seen else "")


def candidate(name: str = "a", score: float = 0.9, **known: object) -> Candidate:
    ready = {"address": f"{name}@byn.example", "checked": True, "paused": False}
    return Candidate(actor(name), score, **(ready | known))  # type: ignore[arg-type]


def shown(proposals: tuple[Proposal, ...]) -> list[tuple[str, str]]:
    return [(p.actor.id, p.remedy) for p in proposals]


@pytest.mark.parametrize(
    ("about", "who", "asked", "remedy"),
    [
        (case(consent=False), candidate(), 0, "ask_consent"),
        (case(abstained=True), candidate(), 0, "look_at_labels"),
        (case(), candidate(paused=True), 0, "paused"),
        (case(), candidate(checked=False), 0, "call_first"),
        (case(), candidate(address=None), 0, "add_address"),
        (case(), candidate(address=""), 0, "add_address"),
        (case(), candidate(score=0.29), 0, "choose_actor"),
        (case(), candidate(), 3, "choose_actor"),
    ],
    ids=["consent", "abstained", "paused", "unchecked", "no address", "empty address", "weak", "three asked"],
)
def test_what_stands_in_the_way_is_named(about: Case, who: Candidate, asked: int, remedy: str) -> None:
    assert shown(propose(about, [who], AUTO, (), asked)) == [("a", remedy)]


def test_with_nothing_in_the_way_the_best_is_asked() -> None:
    assert shown(propose(case(), [candidate("a"), candidate("b")], AUTO, (), 0)) == [("a", "")]


def test_the_least_score_is_enough() -> None:
    assert shown(propose(case(), [candidate(score=0.3)], AUTO, (), 2)) == [("a", "")]


def test_an_operator_sends_where_that_is_the_rule() -> None:
    assert shown(propose(case(), [candidate("a"), candidate("b")], CONFIRM, (), 0)) == [("a", "confirm")]


def test_the_holders_leave_comes_before_everything_else() -> None:
    nothing_ready = candidate(score=0.0, address=None, checked=False, paused=True)
    assert remedy_of(case(consent=False, abstained=True), nothing_ready, CONFIRM, 9) == "ask_consent"


def test_an_operator_who_heard_a_yes_is_leave_enough() -> None:
    assert shown(propose(case(consent=False, consent_by="olle"), [candidate()], AUTO, (), 0)) == [("a", "")]


def test_labels_that_somebody_has_looked_at_stand_in_no_way() -> None:
    assert shown(propose(case(abstained=True, seen=True), [candidate()], AUTO, (), 0)) == [("a", "")]


def test_a_better_one_that_cannot_be_asked_waits_beside_the_one_that_is() -> None:
    line = [candidate("a", checked=False), candidate("b", address=None), candidate("c"), candidate("d")]
    assert shown(propose(case(), line, AUTO, (), 0)) == [("a", "call_first"), ("c", "")]


def test_one_with_something_to_solve_first_is_asked_after_all_who_have_nothing() -> None:
    later = Match(kind="actor", entry_id=EntryId("a"), score=0.9, reasons=(), missing=(Reason(code="wrong_stage"),))
    about = replace(case(), matched=IdeaMatched(idea_id=IdeaId("i"), sequence=2, at=NOW, actors=(later,), schemes=()))
    line = [candidate("a"), candidate("b", address=None), candidate("c", score=0.5), candidate("d", score=0.1)]
    assert shown(propose(about, line, AUTO, (), 0)) == [("b", "add_address"), ("c", "")]
    assert shown(propose(about, line, AUTO, {"b", "c"}, 1)) == [("a", "")], "sooner than nobody, or one who fits badly"


def test_who_was_tried_is_never_proposed_again() -> None:
    assert shown(propose(case(), [candidate("a"), candidate("b")], AUTO, {"a"}, 1)) == [("b", "")]
    assert propose(case(), [candidate("a")], AUTO, {"a"}, 1) == ()


def test_nobody_to_ask_is_no_proposal() -> None:
    assert propose(case(), [], AUTO, (), 0) == ()


candidates = st.lists(
    st.builds(
        Candidate,
        actor=st.sampled_from([actor(name) for name in "abcdefgh"]),
        score=st.floats(0, 1),
        address=st.sampled_from([None, "", "post@byn.example"]),
        checked=st.booleans(),
        paused=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda c: c.actor.id,
)
cases = st.builds(case, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["", "olle"]))
rules = st.builds(Rules, st.sampled_from(["auto", "confirm"]), st.floats(0, 1), st.integers(1, 5))


@given(cases, candidates, rules, st.sets(st.sampled_from("abcdefgh")), st.integers(0, 6))
def test_no_proposal_asks_by_itself_what_a_person_should_see_first(about, line, rule, tried, asked) -> None:
    found = propose(about, line, rule, tried, asked)
    by_id = {c.actor.id: c for c in line}
    for proposal in found:
        assert proposal.actor.id not in tried
        if not proposal.remedy:
            who = by_id[proposal.actor.id]
            assert about.may_share
            assert not about.unsure
            assert who.address
            assert who.checked
            assert not who.paused
            assert who.score >= rule.threshold
            assert asked < rule.most
            assert rule.mode == "auto"
    assert sum(not p.remedy for p in found) <= 1
    assert len(found) <= 2
    assert bool(found) == bool(set(by_id) - tried), (
        "while somebody is left, an operator or a partner has something to do"
    )


def test_at_most_three_are_asked_before_a_person_takes_over() -> None:
    line, tried = [candidate(name) for name in "abcdefgh"], list[str]()
    while not (proposed := propose(case(), line, AUTO, tried, len(tried)))[0].remedy:
        tried += [p.actor.id for p in proposed]
    assert tried == ["a", "b", "c"]
    assert shown(proposed) == [("d", "choose_actor")]


def test_actors_come_best_first_and_equals_in_a_fixed_order() -> None:
    matches = [
        Match(kind=kind, entry_id=EntryId(name), score=score, reasons=())
        for kind, name, score in [("actor", "b", 0.5), ("scheme", "s", 0.9), ("actor", "a", 0.5), ("actor", "c", 0.7)]
    ]
    assert [m.entry_id for m in best_first(matches)] == ["c", "a", "b"]
