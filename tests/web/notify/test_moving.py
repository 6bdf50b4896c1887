"""The holder corrects the place: a question follows, unless its partner works there too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.events.idea_located import IdeaLocated
from tests.web.notify.facts import (
    FIRST,
    IDEA,
    MONDAY,
    SECOND,
    THIRD,
    a_matched_idea,
    actor,
    challenge,
    classified,
    contact,
    matched,
    received,
    town,
)
from tests.web.notify.house import House, house
from tests.web.notify.test_answering import words
from tests.web.notify.test_asking import standing, waiting


def located(place: str) -> IdeaLocated:
    return IdeaLocated(idea_id=IDEA, municipality=place, sequence=2, at=MONDAY)  # type: ignore[arg-type]


@pytest.fixture
def local(tmp_path: Path) -> Iterator[House]:
    """The first works in Söderhamn alone, the second in Gävle alone; the first is asked."""
    with house(tmp_path, POLICY="auto") as here:
        here.hear(town(), town("2180", "Gävle"), challenge())
        here.hear(actor(FIRST, whole_county=False, municipalities=("2182",)))
        here.hear(actor(SECOND, whole_county=False, municipalities=("2180",)))
        here.hear(received(), contact(), classified(), matched((FIRST, 0.9)))
        here.deliver()
        yield here


@pytest.mark.parametrize("place_first", [True, False], ids=["place first", "match first"])
def test_a_corrected_place_takes_the_question_back_from_who_does_not_work_there(
    local: House, place_first: bool
) -> None:
    news = [classified(sequence=3, municipalities=("2180",)), matched((SECOND, 0.8), sequence=4)]
    local.hear(*([located("2180"), *news] if place_first else [*news, located("2180")]))
    assert standing(local) == [(FIRST, "cancelled", ""), (SECOND, "requested", "")]
    [said] = local.said("cancelled")
    assert said.model_dump(include={"by", "reason"}) == {"by": "holder", "reason": "moved"}
    link = local.answer_link()
    assert [m.to for m in local.mails("Ni behöver inte svara längre")] == ["hej@byaklubben.example"]
    assert "Kan ni hjälpa någon i Gävle?" in words(local.visitor().get(link).text)
    assert "sedan platsen rättats" in words(local.operator().get(f"/att-gora/ide/{IDEA}").text)


def test_where_nobody_else_works_an_operator_must_find_somebody(local: House) -> None:
    local.hear(located("2180"), classified(sequence=3, municipalities=("2180",)))
    local.hear(matched(sequence=4).model_copy(update={"actors": ()}))
    assert (standing(local), waiting(local)) == ([(FIRST, "cancelled", "")], [("nobody", "nobody")])


def test_a_place_that_is_corrected_back_asks_the_first_again(local: House) -> None:
    local.hear(located("2180"), classified(sequence=3, municipalities=("2180",)), matched((SECOND, 0.8), sequence=4))
    local.hear(located("2182"), classified(sequence=5), matched((FIRST, 0.9), sequence=6))
    assert [row[:2] for row in standing(local)] == [(FIRST, "cancelled"), (SECOND, "cancelled"), (FIRST, "requested")]


def test_who_works_in_the_corrected_place_too_keeps_the_question_as_it_was_asked(auto: House) -> None:
    auto.hear(town("2180", "Gävle"), *a_matched_idea())
    link, types = auto.answer_link(), auto.types()
    auto.hear(located("2180"), classified(sequence=3, municipalities=("2180",)), matched((THIRD, 0.9), sequence=4))
    assert (standing(auto), auto.types()) == ([(FIRST, "requested", "")], types)
    page = words(auto.visitor().get(link).text)
    for said in (
        "Kan ni hjälpa någon i Söderhamn?",
        "Varför ni: ni arbetar med möten mellan människor och ni finns i Söderhamn.",
        "Platsen är rättad sedan ni fick frågan. Nu står det Gävles kommun.",
    ):
        assert said in page, said


def test_a_guess_that_was_right_changes_nothing(local: House) -> None:
    local.hear(located("2182"), classified(sequence=3), matched((FIRST, 0.9), sequence=4))
    assert standing(local) == [(FIRST, "requested", "")]
    assert "rättad" not in local.visitor().get(local.answer_link()).text
