"""An answer can be undone within the hour, and one partner at a time has an idea: whoever was told otherwise is told."""

from pathlib import Path

import pytest

from services.notify.domain.referral import State
from tests.web.notify.facts import FIRST, IDEA, SECOND, a_matched_idea, classified, contact, matched, received
from tests.web.notify.house import House
from tests.web.notify.test_answering import WHO, state, words


@pytest.fixture
def link(auto: House) -> str:
    auto.hear(*a_matched_idea())
    return auto.answer_link()


def test_a_mis_click_is_undone_within_the_hour_and_who_was_asked_instead_is_told(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/nej", name="Karin", why="no_capacity")
    auto.deliver()
    auto.clock.forward(minutes=59)
    assert "Ångra svaret" in partner.get(link).text
    assert partner.post(f"{link}/angra").status_code == 200
    assert (state(auto), state(auto, SECOND)) == (State.REQUESTED, State.CANCELLED)
    [said] = auto.said("reopened")
    assert said.model_dump(mode="json")["due"] == "2026-11-16"
    auto.deliver()
    [told] = auto.mails("Ni behöver inte svara längre")
    assert told.to == "hej@lanken.example"


def test_who_never_got_the_question_is_not_told_that_it_is_gone(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/nej", name="Karin", why="no_capacity")
    partner.post(f"{link}/angra")
    auto.deliver()
    assert [m for m in auto.mails() if m.to == "hej@lanken.example"] == []


def test_after_the_hour_an_answer_stands(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/ja", name="Karin")
    auto.clock.forward(minutes=61)
    assert "Ångra svaret" not in partner.get(link).text
    late = partner.post(f"{link}/angra")
    assert (late.status_code, state(auto)) == (409, State.ACCEPTED)
    assert "mer än en timme" in words(late.text)


def test_a_yes_that_was_undone_is_closed_again_and_nobody_rings_about_it(tmp_path: Path, auto: House) -> None:
    auto.hear(received(), contact(reach="call", email=None), classified(), matched())
    partner, link = auto.visitor(), auto.answer_link()
    partner.post(f"{link}/ja", name="Karin")
    operator = auto.operator()

    def queue() -> list:
        return operator.get("/api/notify/v1/queue").json()

    assert [row["kind"] for row in queue()] == ["call"]
    partner.post(f"{link}/angra")
    assert queue() == []
    page = partner.get(link).text
    assert not [word for word in WHO if word in page]
    auto.deliver()
    assert auto.mails("Tack för ert ja") == [], "what was not sent yet is not sent any more"
    auto.clock.forward(minutes=1)
    partner.post(f"{link}/ja", name="Karin")
    assert [row["kind"] for row in queue()] == ["call"], "a new yes is a new call"


def test_a_holder_who_was_told_of_a_yes_is_told_that_it_was_undone(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/ja", name="Karin")
    auto.deliver()
    partner.post(f"{link}/angra")
    auto.deliver()
    [told] = auto.mails("Byaklubben ångrade sitt ja")
    assert told.to == "eva@holder.example"
    assert "De hann få de uppgifter du lämnade" in told.text.replace("\n", " ")
    partner.post(f"{link}/ja", name="Karin")
    partner.post(f"{link}/angra")
    partner.post(f"{link}/ja", name="Karin")
    auto.deliver()
    assert len(auto.mails("ångrade sitt ja")) == 1, "what is no longer so is not sent"


def test_a_holder_who_never_heard_of_a_yes_hears_nothing_of_its_undoing(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/ja", name="Karin")
    partner.post(f"{link}/angra")
    auto.deliver()
    assert [m.subject for m in auto.mails() if m.to == "eva@holder.example"] == ["Din idé är framme"]


def test_a_holder_who_was_rung_about_a_yes_is_rung_about_its_undoing(auto: House) -> None:
    auto.hear(received(), contact(reach="call", email=None), classified(), matched())
    partner, link, operator = auto.visitor(), auto.answer_link(), auto.operator()
    partner.post(f"{link}/ja", name="Karin")
    [row] = operator.get("/api/notify/v1/queue").json()
    operator.post("/att-gora/samtal", call=row["key"])
    partner.post(f"{link}/angra")
    assert [r["know"] for r in operator.get("/api/notify/v1/queue").json()] == ["tell_undone"]


def two_asked(here: House) -> tuple[str, str]:
    """The answer links of two partners who were both asked: an operator wanted to be quick."""
    here.hear(*a_matched_idea())
    first, operator = here.answer_link(), here.operator()
    operator.post("/att-gora/valj", idea=IDEA, actor=SECOND)
    draft = next(r for r in here.referrals(IDEA) if r.state is State.DRAFT)
    assert operator.post("/att-gora/skicka", referral=draft.referral_id).status_code == 200
    return first, here.answer_link()


def test_one_partner_gets_to_know_who_it_is_and_the_other_is_thanked(auto: House) -> None:
    first, second = two_asked(auto)
    operator = auto.operator()
    auto.visitor().post(f"{second}/ja", name="Olle")
    page = auto.visitor().post(f"{first}/ja", name="Karin")
    assert page.status_code == 409
    assert "Någon annan har redan sagt ja" in words(page.text)
    assert not [word for word in WHO if word in page.text]
    assert (state(auto), state(auto, SECOND)) == (State.CANCELLED, State.ACCEPTED)
    auto.deliver()
    assert [m.to for m in auto.mails("Ni behöver inte svara längre")] == ["hej@byaklubben.example"]
    assert "någon annan sa ja" in words(operator.get(f"/att-gora/ide/{IDEA}").text)
    again = operator.post("/att-gora/valj", idea=IDEA, actor="grannverket", back=IDEA)
    assert (again.status_code, "Någon har redan sagt ja" in words(again.text)) == (409, True)


def test_who_was_thanked_because_another_said_yes_can_be_asked_when_that_yes_becomes_a_no(auto: House) -> None:
    first, second = two_asked(auto)
    partner = auto.visitor()
    partner.post(f"{second}/ja", name="Olle")
    partner.post(f"{second}/angra")
    partner.post(f"{second}/nej", name="Olle", why="no_capacity")
    assert [(r.actor_id, str(r.state)) for r in auto.referrals(IDEA)] == [
        (FIRST, "cancelled"), (SECOND, "rejected"), (FIRST, "requested"),
    ]  # fmt: skip
    assert "Någon annan har redan sagt ja" in words(partner.get(first).text), "the old link tells of the old question"
