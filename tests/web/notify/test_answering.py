"""A partner answers from the mail, without an account: looking changes nothing, and a yes is what opens who it is."""

import re
import time
from html import unescape
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner

from services.notify.domain.referral import State
from shared.events.contact_erased import ContactErased
from shared.events.idea_withdrawn import IdeaWithdrawn
from tests.web.notify.facts import FIRST, IDEA, MONDAY, SECOND, a_matched_idea, classified, contact, matched, received
from tests.web.notify.house import House, house

WHO = ("Eva Ek", "eva@holder.example", "070-174 06 05")


def words(page: str) -> str:
    """What a person reads in the main part of a page."""
    main = page.split("<main", 1)[1].split("</main", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?span[^>]*>", "", main))).split())


@pytest.fixture
def link(auto: House) -> str:
    auto.hear(*a_matched_idea())
    return auto.answer_link()


def state(here: House, actor: str = FIRST) -> State:
    return next(r.state for r in here.referrals(IDEA) if r.actor_id == actor)


def test_the_page_says_where_why_you_and_until_when_and_nothing_of_who(auto: House, link: str) -> None:
    page = auto.visitor().get(link)
    text = words(page.text)
    for shown in (
        "Kan ni hjälpa någon i Söderhamn?",
        "Svara senast måndag 16 november",
        "10 arbetsdagar kvar",
        "Ett språkkafé på biblioteket.",
        "Varför ni: ni arbetar med möten mellan människor och ni finns i Söderhamn.",
        "Hör av er inom 5 arbetsdagar.",
    ):
        assert shown in text, shown
    assert not [word for word in WHO if word in page.text]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]


def test_looking_changes_nothing_at_all(auto: House, link: str) -> None:
    def kept() -> list[str]:
        with auto.service.store.database.reading() as connection:
            return list(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]

    before = kept()
    for path in (link, f"{link}?svar=ja", f"{link}?svar=inte", f"{link}/paus", link):
        assert auto.visitor().get(path).status_code == 200
    assert kept() == before


def test_a_yes_opens_who_it_is_and_is_written_down_and_told(auto: House, link: str) -> None:
    page = auto.visitor().post(f"{link}/ja", name=" Karin ")
    assert all(word in page.text.replace("\u00a0", " ") for word in WHO)
    assert "Karin svarade" in words(page.text)
    referral = auto.referrals(IDEA)[0]
    assert (referral.state, referral.answered_by, referral.due.isoformat()) == (State.ACCEPTED, "Karin", "2026-11-09")
    [said] = auto.said("accepted")
    assert said.model_dump(include={"answered_by", "contact_by", "disclosed"}, mode="json") == {
        "answered_by": "Karin",
        "contact_by": "2026-11-09",
        "disclosed": ["name", "email", "phone"],
    }
    with auto.service.store.reading() as work:
        shown = work.referrals.disclosures(IDEA)
    assert [(d.to_whom, d.what, d.basis, d.at) for d in shown] == [
        ("Byaklubben", ("text", "place", "labels"), "consent", MONDAY),
        ("Byaklubben", ("name", "email", "phone"), "consent", MONDAY),
    ]
    auto.deliver()
    [mail] = auto.mails("Tack för ert ja")
    assert all(word in mail.text for word in WHO)
    [told] = auto.mails("Byaklubben sa ja till din idé")
    assert told.to == "eva@holder.example"
    assert "måndag 9 november" in told.text.replace("\u00a0", " ")
    auto.clock.forward(days=40)
    assert WHO[1] in auto.visitor().get(link).text, "the link stays readable"


def test_a_no_needs_a_reason_and_a_name_and_keeps_what_was_filled_in(auto: House, link: str) -> None:
    partner = auto.visitor()
    unreasoned = partner.post(f"{link}/nej", name="Karin", words="vi har flyttat")
    assert unreasoned.status_code == 422
    assert "Välj ett skäl" in words(unreasoned.text)
    assert 'value="Karin"' in unreasoned.text
    assert 'value="vi har flyttat"' in unreasoned.text
    unnamed = partner.post(f"{link}/nej", name=" ", why="outside_area")
    assert unnamed.status_code == 422
    assert re.search(r'value="outside_area" checked', unnamed.text)
    assert '<a href="#n2">' in unnamed.text, "the summary leads to the field"
    assert 'id="n2-err"' in unnamed.text
    assert state(auto) is State.REQUESTED
    assert partner.post(f"{link}/nej", name="Karin", why="outside_area", words="vi har flyttat").status_code == 200
    refused = auto.referrals(IDEA)[0]
    assert (refused.state, refused.reason, refused.words, refused.answered_by) == (
        State.REJECTED, "outside_area", "vi har flyttat", "Karin",
    )  # fmt: skip
    [said] = auto.said("rejected")
    assert "flyttat" not in said.model_dump_json(), "their words are for operators"
    assert state(auto, SECOND) is State.REQUESTED, "the next is asked"


def test_a_yes_needs_a_name(auto: House, link: str) -> None:
    for name in ("", "  ", "K" * 121):
        assert auto.visitor().post(f"{link}/ja", name=name).status_code == 422
    assert auto.types() == ["referral-requested"]


def test_someone_else_is_a_no_with_a_suggestion(auto: House, link: str) -> None:
    assert auto.visitor().post(f"{link}/annan", name="Karin").status_code == 422
    assert auto.visitor().post(f"{link}/annan", name="Karin", other="Hembygdsföreningen").status_code == 200
    refused = auto.referrals(IDEA)[0]
    assert (refused.reason, refused.words) == ("referred_elsewhere", "Hembygdsföreningen")
    assert "Hembygdsföreningen" in auto.operator().get(f"/att-gora/ide/{IDEA}").text


def test_a_used_link_shows_how_it_stands_and_changes_nothing(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/ja", name="Karin")
    for again in ("ja", "nej", "annan"):
        page = partner.post(f"{link}/{again}", name="Olle", why="other", other="X")
        assert page.status_code == 409
        assert "redan besvarad" in words(page.text)
        assert "Karin svarade" in words(page.text)
    assert auto.types() == ["referral-requested", "referral-accepted"]


@pytest.mark.parametrize("spoil", [lambda link: link[:-3] + "abc", lambda link: "/svar/x", lambda link: "/svar/%00"])
def test_a_forged_link_opens_nothing(auto: House, link: str, spoil) -> None:
    forged, visitor = spoil(link), auto.visitor()
    for page in (visitor.get(forged), visitor.post(f"{forged}/ja", name="Karin"), visitor.post(f"{forged}/paus")):
        assert page.status_code == 404
        assert "Kopiera hela länken" in words(page.text)
    assert state(auto) is State.REQUESTED


def test_an_expired_link_says_so(auto: House, monkeypatch: pytest.MonkeyPatch) -> None:
    auto.hear(*a_matched_idea())
    with monkeypatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time()) - 91 * 24 * 3600)
        link = auto.answer_link()
    page = auto.visitor().get(link)
    assert page.status_code == 410
    assert "Länken har gått ut" in words(page.text)
    assert auto.visitor().post(f"{link}/ja", name="Karin").status_code == 410
    assert state(auto) is State.REQUESTED


def test_after_a_withdrawal_the_page_shows_nothing_and_no_answer_comes_back_to_life(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/nej", name="Karin", why="other", words="handlar om språkkaféet")
    auto.deliver()
    auto.hear(IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY), ContactErased(idea_id=IDEA, sequence=9, at=MONDAY))
    page = partner.get(link)
    assert page.status_code == 200
    assert "tagit tillbaka" in words(page.text)
    assert "språkkafé" not in page.text
    assert "Ångra" not in page.text
    assert partner.post(f"{link}/angra").status_code == 409
    assert (state(auto), state(auto, SECOND)) == (State.REJECTED, State.CANCELLED)
    assert all(not r.words for r in auto.referrals(IDEA))
    auto.deliver()
    assert [m.to for m in auto.mails("Idén är tillbakatagen")] == ["hej@lanken.example"]


def test_a_withdrawal_takes_back_a_yes_too(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/ja", name="Karin")
    auto.hear(IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY), ContactErased(idea_id=IDEA, sequence=9, at=MONDAY))
    page = partner.get(link).text
    assert not [word for word in WHO if word in page]
    assert auto.said("cancelled")[0].model_dump(include={"by", "reason"}) == {"by": "holder", "reason": "withdrawn"}


def test_a_contact_that_comes_after_the_yes_is_handed_over_and_written_down(auto: House) -> None:
    auto.hear(received(), classified(), matched())
    partner, link = auto.visitor(), auto.answer_link()
    assert "inte lämnat några uppgifter" in partner.post(f"{link}/ja", name="Karin").text
    auto.deliver()
    auto.hear(contact())
    assert WHO[1] in partner.get(link).text
    auto.deliver()
    assert [WHO[1] in mail.text for mail in auto.mails("Tack för ert ja")] == [False, True]
    assert auto.said("accepted")[-1].model_dump()["disclosed"] == ("name", "email", "phone")
    [told] = auto.mails("Byaklubben sa ja till din idé")
    assert told.to == "eva@holder.example", "and the holder hears of the yes that came before we knew them"


def test_a_partner_sees_no_more_than_was_disclosed(auto: House, link: str) -> None:
    partner = auto.visitor()
    partner.post(f"{link}/ja", name="Karin")
    auto.hear(ContactErased(idea_id=IDEA, sequence=2, at=MONDAY))
    page = partner.get(link).text
    assert not [word for word in WHO if word in page]
    auto.hear(contact(sequence=3))
    assert WHO[1] not in partner.get(link).text, "what was erased does not come back"


def test_too_many_tries_are_slowed_down(tmp_path: Path) -> None:
    with house(tmp_path, ANSWER_RATE="3/minute") as here:
        visitor = here.visitor()
        assert [visitor.get("/svar/x").status_code for _ in range(4)] == [404, 404, 404, 429]


def test_another_sites_page_cannot_answer(auto: House, link: str) -> None:
    crossed = auto.visitor().ask("POST", f"{link}/ja", data={"name": "K"}, headers={"sec-fetch-site": "cross-site"})
    assert (crossed.status_code, state(auto)) == (403, State.REQUESTED)
    stop = auto.visitor().ask("POST", f"{link}/paus", data={"List-Unsubscribe": "One-Click"})
    assert stop.status_code == 200, "a mail program's one click has no origin"


def test_a_closed_question_asks_for_no_correction(auto: House, link: str) -> None:
    partner, [referral] = auto.visitor(), auto.referrals(IDEA)
    auto.operator().post("/att-gora/aterkalla", referral=referral.referral_id)
    for path in ("ja", "nej", "annan"):
        late = partner.post(f"{link}/{path}", name="")
        assert late.status_code == 409
        assert "Ni behöver inte svara längre" in late.text and "behöver rättas" not in late.text
