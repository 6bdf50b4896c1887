"""An idea tells others what it says, never who said it; taken back, it is gone."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.holder import Holder
from services.intake.domain.idea import Idea, Told
from services.intake.domain.words import MOST
from shared.kernel.errors import Conflict, Refused
from shared.kernel.ids import IdeaId, MunicipalityCode

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASA = Holder("Åsa Eklund", "asa.eklund@byn.example", "070-174 06 05", "mail")
TOLD = Told(
    "Jag heter Åsa Eklund och vill öppna ett kafé. Ring 070-174 06 05 eller asa.eklund@byn.example.",
    title="Åsas kafé",
    place="Hos Eklund i Bomhus",
    may_share=True,
)


def idea(told: Told = TOLD, holder: Holder = ASA) -> Idea:
    return Idea.new(IdeaId("i"), "G7K4M2P", told, holder, NOW)


def test_a_told_idea_is_kept_as_it_was_told() -> None:
    told = idea(Told(" Ett  kafé\x00 ", title=" Kaféet ", place="  ")).told
    assert told is not None
    assert (told.text, told.title, told.place) == ("Ett kafé", "Kaféet", None)


def test_others_are_told_nothing_of_who_told_it() -> None:
    said = idea().received().model_dump_json().lower()
    for secret in ("åsa", "eklund", "byn.example", "174", "070"):
        assert secret not in said


def test_others_are_told_what_it_is_about() -> None:
    said = idea().received()
    assert "öppna ett kafé" in said.text
    assert (said.place, said.may_share, said.reach, said.sequence) == ("Hos [namn] i Bomhus", True, "mail", 1)


def test_who_told_it_is_told_to_notify_alone() -> None:
    said = idea().contact()
    assert (said.name, said.email, said.phone, said.reach) == (ASA.name, ASA.email, ASA.phone, "mail")
    assert said.stream == "intake.contacts"
    assert said.sequence == 1


names = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=3, max_size=12)


@given(names, names)
def test_a_name_that_was_given_is_in_nothing_that_others_are_told(first: str, last: str) -> None:
    told = Told(f"{first} vill ha ett kafé, säger {first} {last}.", title=f"{last} kafé", place=f"hos {first}")
    said = idea(told, Holder(f"{first} {last}")).received()
    for part in (said.text, said.title or "", said.place or ""):
        words = part.replace("[namn]", "").replace(".", " ").replace(",", " ").split()
        assert first not in words
        assert last not in words or last in "vill ha ett kafé säger hos"


def test_a_withdrawal_forgets_words_and_holder() -> None:
    gone, withdrawn, erased = idea().withdraw(NOW + timedelta(days=1))
    assert gone.told is None
    assert gone.holder == Holder()
    left = repr(asdict(gone)).lower()
    for secret in ("åsa", "eklund", "kafé", "174", "bomhus"):
        assert secret not in left
    assert (gone.code, gone.withdrawn_at) == ("G7K4M2P", NOW + timedelta(days=1))
    assert withdrawn.sequence == erased.sequence == gone.version == 2


@pytest.mark.parametrize(
    "step",
    [
        lambda gone: gone.withdraw(NOW),
        lambda gone: gone.locate(MunicipalityCode("2180"), NOW),
        lambda gone: gone.ask_link(NOW),
        lambda gone: gone.received(),
    ],
    ids=["withdrawn again", "located", "asked a link for", "told to others"],
)
def test_a_withdrawn_idea_cannot_be(step) -> None:
    gone, _, _ = idea().withdraw(NOW)
    with pytest.raises(Conflict) as error:
        step(gone)
    assert error.value.code == "already_withdrawn"


def test_everything_said_of_an_idea_has_a_later_number() -> None:
    placed, located = idea().locate(MunicipalityCode("2180"), NOW)
    asked, link = placed.ask_link(NOW)
    _, withdrawn, _ = asked.withdraw(NOW)
    assert [idea().received().sequence, located.sequence, link.sequence, withdrawn.sequence] == [1, 2, 3, 4]
    assert (placed.confirmed, located.municipality) == ("2180", "2180")


@pytest.mark.parametrize("text", ["", " \n ", "...", "\u200d", "<p></p><p></p><br>"])
def test_nothing_to_read_is_refused(text: str) -> None:
    with pytest.raises(Refused) as error:
        idea(Told(text))
    assert (error.value.code, error.value.field) == ("nothing_to_read", "text")


@pytest.mark.parametrize("text", ["å" * (MOST + 1), "å" * (MOST * 2 + 1), " å" * (MOST + 1)])
def test_too_much_is_refused_and_the_most_is_said(text: str) -> None:
    with pytest.raises(Refused) as error:
        idea(Told(text))
    assert (error.value.code, error.value.params) == ("too_long", {"most": MOST})


@pytest.mark.parametrize("field", ["title", "place"])
def test_a_line_that_is_too_long_is_refused_and_not_cut(field: str) -> None:
    with pytest.raises(Refused) as error:
        idea(Told("Ett kafé", **{field: "å" * 201}))
    assert (error.value.code, error.value.field, error.value.params) == ("line_too_long", field, {"most": 200})


def test_the_most_is_taken_whatever_space_is_around_it() -> None:
    told = idea(Told(" " * 1000 + "å" * MOST)).told
    assert told is not None
    assert len(told.text) == MOST
