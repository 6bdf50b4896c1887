"""What an operator sees and does: one list, what waits longest on top, every act noted with who and when."""

from pathlib import Path

import pytest

from services.notify.domain.referral import State
from shared.events.event_parked import EventParked
from shared.events.event_unparked import EventUnparked
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
from tests.web.notify.house import House, Visitor, house
from tests.web.notify.test_answering import words

QUEUE = "/api/notify/v1/queue"


def rows(operator: Visitor) -> list[dict[str, str]]:
    return operator.get(QUEUE).json()


def noted(here: House) -> list[tuple[str, str]]:
    with here.service.store.database.reading() as connection:
        return [tuple(r) for r in connection.exec_driver_sql("SELECT who, what FROM notes ORDER BY id")]  # type: ignore[misc]


def parked(key: str = "matching:1") -> EventParked:
    return EventParked(
        parked_key=key,
        service="matching",
        reaction="assess-idea",
        event_type="gort.intake.idea-received.v1",
        subject=IDEA,
        reason="invalid_body",
        sequence=0,
        at=MONDAY,
    )


def test_everything_that_waits_stands_on_one_list_with_what_to_do(tmp_path: Path) -> None:
    calls, late, unsure, draft, nobody = (f"{n}" * 32 for n in range(1, 6))
    with house(tmp_path, POLICY="auto", CONTACT_DAYS="1") as here:
        here.hear(*directory(), parked())
        here.hear(received(calls), contact(calls, reach="call"), classified(calls), matched(idea=calls))
        here.visitor().post(f"{here.answer_link()}/ja", name="Karin")
        here.hear(*a_matched_idea(late))
        here.clock.forward(days=15)
        here.hear(received(unsure), classified(unsure, abstained=True, abstained_why="acute"), matched(idea=unsure))
        here.hear(received(draft, may_share=False), contact(draft), classified(draft), matched(idea=draft))
        here.hear(received(nobody), classified(nobody), matched(idea=nobody).model_copy(update={"actors": ()}))
        operator = here.operator()
        seen = [(row["kind"], row["know"]) for row in rows(operator)]
        assert seen[0] == ("unsure", "acute"), "danger comes before everything"
        assert sorted(seen) == sorted([
            ("unsure", "acute"), ("call", "tell_accepted"), ("late", "late"), ("late", "late"),
            ("draft", "ask_consent"), ("nobody", "nobody"), ("parked", "invalid_body"),
        ])  # fmt: skip
        page = words(operator.get("/att-gora").text)
        for said in (
            "Någon kan vara i fara: läs nu.",
            "Har bara lämnat telefon: berätta att någon sagt ja",
            "Svarstiden gick ut 16 nov. 2026",
            "Fråga den som har idén om den får visas.",
            "Ingen är frågad just nu, och ingen är föreslagen.",
            "invalid_body",
        ):
            assert said in page.replace("\u00a0", " "), said
        assert 'href="/drift/matching/parkerade"' in operator.get("/att-gora").text
        assert words(operator.get("/att-gora?visa=call").text).count("G7K4M2P") == 0
        assert 'aria-current="true">Ring' in operator.get("/att-gora?visa=call").text
        assert "Vi hittar inget som väntar" in operator.get("/att-gora?sok=finns-inte").text
        assert "Vi hittar inget som väntar" not in operator.get("/att-gora?sok=g7k+4m2p").text


def test_an_idea_that_waits_for_nobody_is_found_by_its_code(auto: House) -> None:
    auto.hear(*a_matched_idea())
    operator = auto.operator()
    assert "Inget väntar på dig." in operator.get("/att-gora").text
    found = operator.get("/att-gora?sok=g7k+4m2p").text
    assert f'href="/att-gora/ide/{IDEA}"' in found and "väntar inte på dig." in found
    auto.hear(IdeaWithdrawn(idea_id=IDEA, sequence=2, at=MONDAY))
    assert IDEA not in operator.get("/att-gora?sok=g7k4m2p").text


def test_where_nobody_can_be_asked_for_leave_there_is_nothing_to_do(auto: House) -> None:
    auto.hear(received(may_share=False), contact(name=None, email=None, phone=None), classified(), matched())
    operator = auto.operator()
    for path in ("", f"/ide/{IDEA}"):
        page = words(operator.get(f"/att-gora{path}").text)
        assert "kan själv säga ja på sin sida. Du behöver inte göra något." in page
        assert "Fråga den som har idén" not in page.split("Historik")[0] and "Fråga om lov" not in page


def test_a_long_first_line_is_cut_after_a_word(confirm: House) -> None:
    confirm.hear(*a_matched_idea(text="Vi är några som har gått i pension nyligen och vill laga cyklar ihop"))
    assert ">Vi är några som har gått i pension nyligen och vill laga…</a>" in confirm.operator().get("/att-gora").text


def test_who_saves_an_address_in_a_trial_is_told_that_nothing_is_mailed_there(confirm: House) -> None:
    confirm.hear(*a_matched_idea())
    operator, notice = confirm.operator(), "Brev till hej@byaklubben.invalid skickas inte ut."
    assert "skickas inte ut" not in operator.get(f"/att-gora/ide/{IDEA}").text
    saved = operator.post("/att-gora/adress", actor=FIRST, address="hej@byaklubben.invalid", back=IDEA)
    assert notice in saved.text


def test_how_long_it_has_waited_is_counted_in_working_days(confirm: House) -> None:
    confirm.hear(*a_matched_idea())
    confirm.clock.forward(days=8)  # Monday to Tuesday the week after: six working days
    assert ">6<" in confirm.operator().get("/att-gora").text


def test_the_day_turns_at_midnight_where_the_operators_are(auto: House) -> None:
    auto.hear(*a_matched_idea())
    auto.clock.at = MONDAY.replace(day=16, hour=22, minute=59)
    operator = auto.operator()
    assert rows(operator) == [], "the last day is not over"
    auto.clock.forward(minutes=2)
    assert [row["kind"] for row in rows(operator)] == ["late"]


def test_all_is_told_and_done_on_the_page_of_one_idea(confirm: House) -> None:
    confirm.hear(*a_matched_idea())
    operator = confirm.operator()
    page = words(operator.get(f"/att-gora/ide/{IDEA}").text)
    for said in (
        "Ett språkkafé på biblioteket.",
        "Söderhamn",
        "Möten mellan människor 80 %",
        "Eva Ek",
        "Byaklubben (90)",
    ):
        assert said in page, said
    draft = confirm.referrals(IDEA)[0]
    sent = operator.post("/att-gora/skicka", referral=draft.referral_id, back=IDEA)
    page = words(sent.text)
    for said in ("Skickad · senast måndag 16 november", "Byaklubben: texten, orten, vad den handlar om"):
        assert said in page.replace("\u00a0", " "), said
    assert "console" not in page, "people are named in words"
    again = operator.post("/att-gora/skicka", referral=draft.referral_id, back=IDEA)
    assert again.status_code == 409
    assert "redan besvarad" in words(again.text)
    assert operator.post("/att-gora/skicka", referral=draft.referral_id).status_code == 409
    assert noted(confirm) == [("console", "sent")]


def test_an_illegal_step_tells_programs_which_are_legal(confirm: House) -> None:
    confirm.hear(*a_matched_idea())
    operator, draft = confirm.operator(), confirm.referrals(IDEA)[0]
    path = f"/api/notify/v1/referrals/{draft.referral_id}"
    assert operator.post(f"{path}/request").json()["state"] == "requested"
    answer = operator.post(f"{path}/request")
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json()["legal"] == "accepted,cancelled,rejected"
    assert operator.post(f"{path}/cancel").json()["status"] == "cancelled"
    assert operator.post(f"{path}/cancel").status_code == 409
    assert operator.post("/api/notify/v1/referrals/x/cancel").status_code == 404
    assert confirm.visitor().post(f"{path}/request").status_code == 401
    assert [r["status"] for r in operator.get(f"/api/notify/v1/ideas/{IDEA}/referrals").json()] == ["cancelled"]


def test_consent_heard_by_telephone_is_the_basis(confirm: House) -> None:
    confirm.hear(received(may_share=False), classified(), matched())
    operator, draft = confirm.operator(), confirm.referrals(IDEA)[0]
    refused = operator.post("/att-gora/skicka", referral=draft.referral_id, back=IDEA)
    assert (refused.status_code, "Fråga först den som har idén" in words(refused.text)) == (409, True)
    assert "Ja, sagt till" in words(operator.post("/att-gora/samtycke", idea=IDEA).text)
    assert confirm.said("drafted")[-1].model_dump()["remedy"] == "confirm"
    operator.post("/att-gora/skicka", referral=draft.referral_id)
    assert confirm.said("requested")[0].model_dump()["basis"] == "operator"
    assert noted(confirm) == [("console", "consent"), ("console", "sent")]


def test_an_unchecked_partner_is_rung_and_ticked_and_given_an_address_that_survives_the_directory(
    tmp_path: Path,
) -> None:
    unknown = actor(FIRST, verified=False, contact_channel="okand", contact_address=None)
    with house(tmp_path) as here:
        here.hear(*directory()[:2], unknown, received(), classified(), matched((FIRST, 0.9)))
        operator, draft = here.operator(), here.referrals(IDEA)[0]
        assert "ring och bocka av" in words(operator.get("/att-gora").text)
        operator.post("/att-gora/ringd", actor=FIRST, back=IDEA)
        assert here.referrals(IDEA)[0].remedy == "add_address"
        wrong = operator.post("/att-gora/adress", actor=FIRST, address="inte en adress", back=IDEA)
        assert (wrong.status_code, "Kontrollera adressen" in words(wrong.text)) == (422, True)
        operator.post("/att-gora/adress", actor=FIRST, address=" ny@byaklubben.example ", back=IDEA)
        assert here.referrals(IDEA)[0].remedy == "confirm"
        here.hear(unknown.model_copy(update={"sequence": 2}))
        operator.post("/att-gora/skicka", referral=draft.referral_id)
        here.deliver()
        assert [m.to for m in here.mails("Kan ni")] == ["ny@byaklubben.example"]
        page = words(operator.get(f"/att-gora/ide/{IDEA}").text)
        assert "ringde och bockade av: Byaklubben" in page
        assert operator.post("/att-gora/adress", actor="finns-inte", address="a@b.example").status_code == 404


def test_another_can_be_chosen_and_the_draft_for_the_first_is_taken_back(confirm: House) -> None:
    confirm.hear(*a_matched_idea())
    operator = confirm.operator()
    page = words(operator.post("/att-gora/valj", idea=IDEA, actor=THIRD).text)
    assert "någon annan valdes" in page
    assert [(r.actor_id, r.state) for r in confirm.referrals(IDEA)] == [
        (FIRST, State.CANCELLED),
        (THIRD, State.DRAFT),
    ]
    assert operator.post("/att-gora/valj", idea=IDEA, actor=THIRD).status_code == 409
    assert operator.post("/att-gora/valj", idea=IDEA, actor="finns-inte").status_code == 404
    operator.post("/att-gora/valj", idea=IDEA, actor=FIRST)
    assert [r.actor_id for r in confirm.referrals(IDEA) if r.state is State.DRAFT] == [FIRST]


def test_a_question_that_is_taken_back_is_told_and_the_idea_stays_on_the_list(auto: House) -> None:
    auto.hear(*a_matched_idea())
    auto.deliver()
    operator = auto.operator()
    operator.post("/att-gora/aterkalla", referral=auto.referrals(IDEA)[0].referral_id, back=IDEA)
    auto.deliver()
    assert [m.to for m in auto.mails("Ni behöver inte svara längre")] == ["hej@byaklubben.example"]
    assert [row["kind"] for row in rows(operator)] == ["nobody"]
    operator.post("/att-gora/valj", idea=IDEA, actor=SECOND)
    assert [row["kind"] for row in rows(operator)] == ["draft"]


def test_who_wants_to_be_rung_is_rung_and_ticked_off(auto: House) -> None:
    auto.hear(received(), contact(reach="call"), classified(), matched())
    auto.visitor().post(f"{auto.answer_link()}/ja", name="Karin")
    auto.deliver()
    assert auto.mails("sa ja till din idé") == [], "they did not ask for mail"
    operator = auto.operator()
    [row] = rows(operator)
    assert "Ring:" in words(operator.get(f"/att-gora/ide/{IDEA}").text)
    assert operator.post("/att-gora/samtal", call=row["key"]).status_code == 200
    assert rows(operator) == []
    assert operator.post("/att-gora/samtal", call=row["key"]).status_code == 404
    with auto.service.store.database.reading() as connection:
        who = connection.exec_driver_sql("SELECT done_by, done_at FROM calls").one()
    assert tuple(who) == ("console", "2026-11-02T09:00:00.000000Z")


def test_a_withdrawn_idea_leaves_nothing_to_do_and_nothing_to_read(auto: House) -> None:
    auto.hear(received(), contact(reach="call"), classified(), matched())
    auto.visitor().post(f"{auto.answer_link()}/ja", name="Karin")
    auto.hear(IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY))
    operator = auto.operator()
    assert rows(operator) == []
    page = operator.get(f"/att-gora/ide/{IDEA}").text
    assert "Tillbakatagen idé" in page
    assert "språkkafé" not in page
    assert operator.post("/att-gora/valj", idea=IDEA, actor=THIRD, back=IDEA).status_code == 409
    assert operator.post("/att-gora/samtycke", idea=IDEA).status_code == 404


def test_what_is_parked_elsewhere_is_shown_until_it_is_taken_up(auto: House) -> None:
    operator = auto.operator()
    auto.hear(parked(), parked("matching:2"))
    assert len(rows(operator)) == 2
    auto.hear(EventUnparked(parked_key="matching:1", outcome="replayed", sequence=1, at=MONDAY))
    assert [row["key"] for row in rows(operator)] == ["matching:2"]
    auto.hear(EventUnparked(parked_key="matching:3", outcome="discarded", sequence=1, at=MONDAY), parked("matching:3"))
    assert len(rows(operator)) == 1, "gone before it was told of"


def test_what_was_parked_before_an_upgrade_leaves_the_list_under_its_newer_name(auto: House) -> None:
    operator = auto.operator()
    auto.hear(parked("matching:1"), parked("matching:17"), parked("matching:17:2026-03-02T09:00:00.000000Z"))
    auto.hear(
        EventUnparked(parked_key="matching:1:2026-03-02T08:00:00.000000Z", outcome="replayed", sequence=1, at=MONDAY)
    )
    assert [row["key"] for row in rows(operator)] == ["matching:17", "matching:17:2026-03-02T09:00:00.000000Z"]


@pytest.mark.parametrize("where", ["", "/ide/x", "/brev"])
def test_nobody_but_operators_gets_in(auto: House, where: str) -> None:
    assert "Mejla mig en länk" in auto.visitor().get(f"/att-gora{where}").text
    for act in ("skicka", "aterkalla", "valj", "adress", "ringd", "samtycke", "samtal", "igen", "paus"):
        closed = auto.visitor().post(f"/att-gora/{act}", referral="x", idea="x", actor="x", call="x", delivery="x")
        assert "Mejla mig en länk" in closed.text, act


def test_what_does_not_exist_is_said_to(auto: House) -> None:
    operator = auto.operator()
    assert operator.get("/att-gora/ide/finns-inte").status_code == 404
    for act in ("skicka", "aterkalla", "valj", "samtycke", "samtal", "igen", "ringd"):
        answer = operator.post(f"/att-gora/{act}", referral="x", idea="x", actor="x", call="x", delivery="x")
        assert answer.status_code in (404, 409), act
    assert operator.post("/att-gora/skicka").status_code == 422
