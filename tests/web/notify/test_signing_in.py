"""Operators get in by a link that is used once, within half an hour; nobody learns whose addresses are known."""

from pathlib import Path

import pytest

from deploy.invite import invite_link
from tests.web.notify.house import House, house


@pytest.fixture
def here(tmp_path: Path):
    with house(tmp_path, OPERATORS="Karin@Region.example, olle@region.example", SIGNIN_RATE="20/minute") as opened:
        yield opened


def mailed_link(here: House) -> str:
    here.deliver()
    text = here.mails("Logga in")[-1].text
    return next(word for word in text.split() if "/logga-in/" in word)


def test_a_known_address_is_mailed_a_link_that_opens_once(here: House) -> None:
    visitor = here.visitor()
    assert "Om adressen är en av våra" in visitor.post("/logga-in", email=" karin@region.EXAMPLE ").text
    link = mailed_link(here)
    assert here.mails()[-1].to == "karin@region.example"
    for _ in range(3):
        assert visitor.get(link).status_code == 200, "a mail scanner that looks uses nothing up"
    assert "Att göra" in visitor.post(link).text
    assert "karin" in visitor.get("/att-gora").text
    other = here.visitor()
    assert other.post(link).status_code == 422
    assert "använd eller för gammal" in other.post(link).text
    assert "Mejla mig en länk" in other.get("/att-gora").text


def test_an_unknown_address_gets_the_same_answer_and_no_mail(here: House) -> None:
    known, unknown = (here.visitor().post("/logga-in", email=e) for e in ("olle@region.example", "nagon@annan.example"))
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    here.deliver()
    assert len(here.mails()) == 1


def test_a_link_is_too_old_after_half_an_hour(here: House) -> None:
    link = invite_link(here.service.store, here.env)
    here.clock.forward(minutes=30)
    assert here.visitor().post(link).status_code == 422


def test_the_link_itself_is_kept_nowhere(here: House) -> None:
    here.visitor().post("/logga-in", email="karin@region.example")
    with here.service.store.database.reading() as connection:
        due = str(connection.exec_driver_sql("SELECT * FROM deliveries").all())
    assert "karin" not in due
    token = mailed_link(here).rpartition("/")[2]
    with here.service.store.database.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM invitations").all())
    assert token not in kept


def test_one_who_is_no_operator_any_more_gets_no_link(tmp_path: Path) -> None:
    with house(tmp_path, OPERATORS="karin@region.example") as here:
        here.visitor().post("/logga-in", email="karin@region.example")
    with house(tmp_path, OPERATORS="olle@region.example") as here:
        here.deliver()
        assert here.mails() == []


def test_signing_out_closes_the_door(here: House) -> None:
    operator = here.operator()
    assert "Mejla mig en länk" in operator.post("/logga-in/ut").text
    assert "Mejla mig en länk" in operator.get("/att-gora").text


def test_guessing_is_slowed_down(tmp_path: Path) -> None:
    with house(tmp_path, SIGNIN_RATE="3/minute") as here:
        visitor = here.visitor()
        assert [visitor.post(f"/logga-in/{'0' * 32}").status_code for _ in range(4)] == [422, 422, 422, 429]
        assert visitor.get("/logga-in").status_code == 200


def test_a_forged_session_is_none(here: House) -> None:
    visitor = here.visitor()
    visitor.cookies.set("gort_operator", "WyJldmEiLCJFdmEiXQ.aaaa.bbbb")
    assert "Mejla mig en länk" in visitor.get("/att-gora").text
