"""A match becomes referrals: under either policy, whatever the order of facts, and never past a person who must look."""

import itertools
from pathlib import Path

import pytest

from services.notify.domain.referral import State
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.events.idea_withdrawn import IdeaWithdrawn
from tests.web.notify.facts import (
    FIRST,
    IDEA,
    MONDAY,
    SECOND,
    THIRD,
    a_matched_idea,
    actor,
    classified,
    contact,
    directory,
    matched,
    received,
)
from tests.web.notify.house import House, house
from tests.web.notify.test_answering import words


def standing(here: House) -> list[tuple[str, str, str]]:
    return [(r.actor_id, str(r.state), r.remedy) for r in here.referrals(IDEA)]


def waiting(here: House) -> list[tuple[str, str]]:
    """(kind, what to know) of every row of the operators' list."""
    return [(row["kind"], row["know"]) for row in here.operator().get("/api/notify/v1/queue").json()]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_whatever_comes_last_the_best_is_asked_once_and_the_holder_thanked_once(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    facts = [received(), contact(), classified(), matched()]
    with house(tmp_path, POLICY="auto") as here:
        here.hear(*directory(), *(facts[place] for place in order), *facts)
        here.deliver()
        assert here.types() == ["referral-requested"]
        assert standing(here) == [(FIRST, "requested", "")]
        assert sorted(m.subject.split(".")[0] for m in here.mails()) == [
            "Din idé är framme",
            "Kan ni hjälpa någon i Söderhamn? Svara senast måndag 16 november",
        ]


def test_a_match_that_comes_before_the_directory_waits_for_it(tmp_path: Path) -> None:
    with house(tmp_path, POLICY="auto") as here:
        here.hear(*a_matched_idea(), actor(SECOND))
        assert here.types() == [], "the better one may still be told of"
        here.hear(actor(FIRST))
        assert standing(here) == [(FIRST, "requested", "")]


def test_one_who_has_left_the_directory_is_not_waited_for(tmp_path: Path) -> None:
    with house(tmp_path, POLICY="auto") as here:
        here.hear(*a_matched_idea(), actor(SECOND))
        gone = EntryWithdrawn(entry_key=f"actor:{FIRST}", kind="actor", entry_id=FIRST, sequence=2, at=MONDAY)
        here.hear(gone)
        assert standing(here) == [(SECOND, "requested", "")]


def test_a_withdrawal_before_the_match_is_remembered(auto: House) -> None:
    auto.hear(IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY), *a_matched_idea())
    assert (auto.types(), standing(auto), auto.deliver(), waiting(auto)) == ([], [], 0, [])


def test_where_an_operator_sends_the_best_waits_as_a_draft(confirm: House) -> None:
    confirm.hear(*a_matched_idea())
    assert standing(confirm) == [(FIRST, "draft", "confirm")]
    assert waiting(confirm) == [("draft", "confirm")]
    draft = confirm.referrals(IDEA)[0]
    assert confirm.operator().post("/att-gora/skicka", referral=draft.referral_id).status_code == 200
    asked = confirm.referrals(IDEA)[0]
    assert (asked.state, asked.owner, asked.due.isoformat()) == (State.REQUESTED, "partner", "2026-11-16")
    [said] = confirm.said("referral-requested")
    assert said.model_dump(include={"disclosed", "basis", "actor_name"}) == {
        "disclosed": ("text", "place", "labels"),
        "basis": "consent",
        "actor_name": "Byaklubben",
    }


@pytest.mark.parametrize(
    ("facts", "row", "draft"),
    [
        (
            [received(may_share=False), contact(reach="none"), classified(), matched()],
            ("draft", "ask_consent"),
            (FIRST, "draft", "ask_consent"),
        ),
        ([received(may_share=False), classified(), matched()], ("draft", "await_consent"), (FIRST, "draft", "ask_consent")),
        (
            [received(), classified(abstained=True, abstained_why="too_short"), matched()],
            ("unsure", "too_short"),
            (FIRST, "draft", "look_at_labels"),
        ),
        (
            [actor(FIRST, verified=False), received(), classified(), matched((FIRST, 0.9))],
            ("draft", "call_first"),
            (FIRST, "draft", "call_first"),
        ),
        (
            [actor(FIRST, contact_channel="okand"), received(), classified(), matched((FIRST, 0.9))],
            ("draft", "add_address"),
            (FIRST, "draft", "add_address"),
        ),
        ([received(), classified(), matched((FIRST, 0.1))], ("draft", "choose_actor"), (FIRST, "draft", "choose_actor")),
    ],
    ids=["no consent", "nobody to ask for consent", "abstained", "unchecked", "no address", "nobody above the threshold"],
)  # fmt: skip
def test_what_a_person_must_see_first_waits_with_its_remedy(tmp_path: Path, facts, row, draft) -> None:
    with house(tmp_path, POLICY="auto") as here:
        news = [fact for fact in facts if fact.type.startswith("gort.directory")]
        rest = [e for e in directory() if e.key not in {n.key for n in news}]
        here.hear(*rest, *facts)
        assert (standing(here), waiting(here)) == ([draft], [row])
        here.deliver()
        assert here.mails() == []


def test_a_better_one_who_cannot_be_asked_is_shown_beside_the_one_who_is(tmp_path: Path) -> None:
    with house(tmp_path, POLICY="auto") as here:
        here.hear(*directory()[:2], actor(FIRST, verified=False), actor(SECOND), *a_matched_idea())
        assert standing(here) == [(FIRST, "draft", "call_first"), (SECOND, "requested", "")]


def test_one_who_has_paused_is_passed_over_in_silence(auto: House) -> None:
    auto.hear(*a_matched_idea())
    partner, link = auto.visitor(), auto.answer_link()
    assert "pausade" in partner.post(f"{link}/paus").text
    other = "07her" * 6 + "07"
    auto.hear(*a_matched_idea(other))
    assert [(r.actor_id, str(r.state)) for r in auto.referrals(other)] == [(SECOND, "requested")]
    partner.post(f"{link}/paus", again="yes")
    third = "7h1rd" * 6 + "7h"
    auto.hear(*a_matched_idea(third))
    assert [r.actor_id for r in auto.referrals(third)] == [FIRST]


def test_a_pause_shows_at_once_on_drafts_that_wait(confirm: House) -> None:
    other = "07her" * 6 + "07"
    confirm.hear(*a_matched_idea())
    operator, partner = confirm.operator(), confirm.visitor()
    operator.post("/att-gora/skicka", referral=confirm.referrals(IDEA)[0].referral_id)
    link = confirm.answer_link()
    confirm.hear(*a_matched_idea(other))
    assert [r.remedy for r in confirm.referrals(other)] == ["confirm"]
    partner.post(f"{link}/paus")
    assert [r.remedy for r in confirm.referrals(other)] == ["paused"]
    assert "De har pausat frågor." in operator.get("/att-gora").text
    partner.post(f"{link}/paus", again="yes")
    assert [r.remedy for r in confirm.referrals(other)] == ["confirm"]


def test_a_title_is_shown_where_there_is_one(auto: House) -> None:
    auto.hear(*a_matched_idea(title="Språkkafé"))
    [said] = auto.said("referral-requested")
    assert said.model_dump()["disclosed"] == ("text", "title", "place", "labels")


def test_an_operator_who_must_choose_is_told_why_with_numbers(tmp_path: Path) -> None:
    with house(tmp_path, POLICY="auto", MOST_ASKED="2") as here:
        weak = "07her" * 6 + "07"
        here.hear(*directory(), received(weak), classified(weak), matched((FIRST, 0.21), idea=weak))
        here.hear(received(), classified(), matched((FIRST, 0.9), (SECOND, 0.8), (THIRD, 0.7)))
        for _ in range(2):
            here.visitor().post(f"{here.answer_link()}/nej", name="Karin", why="no_capacity")
        operator = here.operator()
        enough = "2 är frågade utan att någon sa ja. Fler frågar vi inte av oss själva."
        unfit = "den bästa av dem får 21 av 100, och vi frågar från 28."
        for path, shown in (("", enough), ("", unfit), (f"/ide/{IDEA}", enough), (f"/ide/{weak}", unfit)):
            assert shown in words(operator.get(f"/att-gora{path}").text), (path, shown)


def test_at_most_three_are_asked_then_an_operator_and_nobody_is_lost(tmp_path: Path) -> None:
    with house(tmp_path, POLICY="auto", MOST_ASKED="2") as here:
        here.hear(*directory(), received(), classified(), matched((FIRST, 0.9), (SECOND, 0.8), (THIRD, 0.7)))
        for _ in range(2):
            here.visitor().post(f"{here.answer_link()}/nej", name="Karin", why="no_capacity")
        assert [row[1:] for row in standing(here)] == [("rejected", ""), ("rejected", ""), ("draft", "choose_actor")]
        draft, operator = here.referrals(IDEA)[-1], here.operator()
        assert operator.post("/att-gora/skicka", referral=draft.referral_id).status_code == 200, "a person may go on"
        here.visitor().post(f"{here.answer_link()}/nej", name="Karin", why="no_capacity")
        assert waiting(here) == [("nobody", "nobody")], "when nobody is left, a person must find somebody"


def test_an_idea_that_nobody_fits_stands_on_the_list(auto: House) -> None:
    auto.hear(received(), classified(), matched().model_copy(update={"actors": ()}))
    assert waiting(auto) == [("nobody", "nobody")]


def test_a_newer_match_moves_what_nobody_was_asked_yet(confirm: House) -> None:
    confirm.hear(received(), classified(), matched((FIRST, 0.9)))
    confirm.hear(classified(sequence=3), matched((SECOND, 0.9), sequence=4))
    assert [(r.actor_id, str(r.state)) for r in confirm.referrals(IDEA)] == [(FIRST, "cancelled"), (SECOND, "draft")]
    confirm.hear(matched((FIRST, 0.9), sequence=6))
    assert [(r.actor_id, str(r.state)) for r in confirm.referrals(IDEA)][2:] == [(FIRST, "draft")], "and back again"


def test_a_newer_match_leaves_a_draft_that_still_fits(confirm: House) -> None:
    confirm.hear(received(), classified(), matched())
    before, types = confirm.referrals(IDEA), confirm.types()
    confirm.hear(classified(sequence=3), matched(sequence=4))
    assert (confirm.referrals(IDEA), confirm.types()) == (before, types)


def test_a_newer_match_that_is_sure_asks_what_an_unsure_one_only_drafted(auto: House) -> None:
    auto.hear(received(), classified(abstained=True, abstained_why="unsure"), matched())
    auto.hear(classified(sequence=3), matched(sequence=4))
    assert standing(auto) == [(FIRST, "requested", "")]


def test_a_newer_match_leaves_who_was_asked_and_what_an_operator_chose(auto: House) -> None:
    auto.hear(*a_matched_idea())
    auto.hear(classified(sequence=3), matched((SECOND, 0.9), sequence=4))
    assert standing(auto) == [(FIRST, "requested", "")]
    operator = auto.operator()
    operator.post("/att-gora/aterkalla", referral=auto.referrals(IDEA)[0].referral_id)
    operator.post("/att-gora/valj", idea=IDEA, actor=THIRD)
    auto.hear(matched((FIRST, 0.9), sequence=6))
    assert standing(auto)[1:] == [(THIRD, "draft", "confirm")]


def test_a_draft_shows_what_the_directory_says_now(tmp_path: Path) -> None:
    with house(tmp_path) as here:
        here.hear(*directory()[:2], actor(FIRST, verified=False), actor(SECOND), *a_matched_idea())
        assert standing(here) == [(FIRST, "draft", "call_first")]
        here.hear(actor(FIRST).model_copy(update={"sequence": 2}))
        assert standing(here) == [(FIRST, "draft", "confirm")]
        gone = EntryWithdrawn(entry_key=f"actor:{FIRST}", kind="actor", entry_id=FIRST, sequence=3, at=MONDAY)
        here.hear(gone)
        assert [row[:2] for row in standing(here)] == [(FIRST, "cancelled"), (SECOND, "draft")], "and the next is found"


def test_every_event_of_an_idea_has_a_higher_number_than_the_one_before(auto: House) -> None:
    auto.hear(*a_matched_idea())
    partner, link = auto.visitor(), auto.answer_link()
    partner.post(f"{link}/nej", name="Karin", why="no_capacity")
    partner.post(f"{link}/angra")
    partner.post(f"{link}/ja", name="Karin")
    numbers = [event.sequence for event in auto.said("referral")]
    assert len(numbers) == 6
    assert numbers == sorted(set(numbers))


def test_a_partner_whose_yes_was_taken_back_is_asked_to_delete_what_they_were_told(auto: House) -> None:
    auto.hear(*a_matched_idea(), contact())
    auto.deliver()
    partner, operator, link = auto.visitor(), auto.operator(), auto.answer_link()
    assert partner.post(f"{link}/ja", name="Karin").status_code == 200
    (yes,) = [r for r in auto.referrals(IDEA) if r.state == "accepted"]
    operator.post("/att-gora/aterkalla", referral=yes.referral_id)
    page = partner.get(link).text
    assert "Frågan gäller inte längre" in page
    assert "Ta bort de uppgifterna" in page
    assert "eva@" not in page
