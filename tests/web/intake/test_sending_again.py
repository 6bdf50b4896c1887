"""A lost answer, the back button and a repeated request make one idea of one idea."""

import httpx
import pytest

from tests.flow.helpers import API
from tests.running import Running

FORM = {"reach": "none", "place": "Söderhamn"}


def sent(here: Running, text: str, agent: str = "a browser", **more: str) -> str:
    """Send the form; where its receipt is."""
    headers = {"user-agent": agent}
    answer = httpx.post(here.address, data={**FORM, "text": text, **more}, headers=headers)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def told(here: Running, text: str, key: str) -> httpx.Response:
    return httpx.post(here.address + API, json={"text": text}, headers={"idempotency-key": key})


def test_the_same_form_with_a_new_key_leads_to_the_same_receipt(here: Running) -> None:
    first = sent(here, "En bastu vid sjön", key="k-first")
    assert sent(here, "En bastu vid sjön", key="k-second") == first
    assert sent(here, "En bastu vid sjön") == first


def test_a_form_that_differs_in_anything_is_another_idea(here: Running) -> None:
    first = sent(here, "En brygga vid sjön")
    assert sent(here, "En brygga vid sjön", share="yes") != first
    assert sent(here, "En brygga vid sjön", name="Åsa") != first


def test_somebody_else_who_writes_the_same_does_not_get_the_first_ones_page(here: Running) -> None:
    assert sent(here, "En lekplats", agent="another browser") != sent(here, "En lekplats")


def test_what_was_withdrawn_can_be_told_again(here: Running) -> None:
    first = sent(here, "En scen i parken")
    here.client().post(f"{first.removesuffix('/framme')}/ta-tillbaka")
    assert sent(here, "En scen i parken") != first


def test_an_empty_key_is_no_key(here: Running) -> None:
    answers = [told(here, "En bod", "") for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json()["code"] != answers[1].json()["code"]


def test_the_same_key_and_idea_give_the_same_answer_after_a_withdrawal_too(here: Running) -> None:
    first = told(here, "En damm", "dam")
    here.client().post(f"{first.json()['link']}/ta-tillbaka")
    again = told(here, "En damm", "dam")
    assert (again.status_code, again.json()) == (201, first.json())
    assert told(here, "En annan damm", "dam").status_code == 422


@pytest.mark.parametrize("field", ["title", "place", "name", "contact"])
def test_a_field_that_is_too_long_is_said_beside_it_and_nothing_is_lost(here: Running, field: str) -> None:
    long = "<p " * 20_000
    page = httpx.post(here.address, data={"text": "En idé om ett hus", field: long})
    assert page.status_code == 422
    assert f'id="{field}-err"' in page.text
    assert "En idé om ett hus" in page.text and page.text.count("&lt;p ") == 20_000


def test_a_phone_and_an_address_in_one_field_are_both_taken(here: Running) -> None:
    form = {"text": "Ett hus för alla", "reach": "mail", "contact": "070-174 06 05 asa@byn.example"}
    answer = httpx.post(here.address, data=form)
    assert "asa@byn.example." in httpx.get(here.address + answer.headers["location"]).text
