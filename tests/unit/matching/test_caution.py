"""A person reads first when somebody may be in danger, when it is no idea, and when we cannot read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matching.domain.caution import ABSTAINED, FEWEST, caution

KNOWN = (None, *ABSTAINED)


@pytest.mark.parametrize(
    "text",
    [
        "Jag orkar inte leva längre och vet inte vart jag ska vända mig",
        "Min man slår mig och jag vågar inte gå hem",
        "jag vill dö",
        "I want to die and nobody listens to me at all",
        "Han hotar mig varje dag när jag går från jobbet",
    ],
)
def test_somebody_in_danger_is_read_by_a_person(text: str) -> None:
    assert caution(text) == "acute"


@pytest.mark.parametrize(
    "text",
    [
        "Hej! Jag bifogar mitt CV och personligt brev för tjänsten hos er",
        "Vi hjälper ert företag till första sidan på Google, klicka här",
        "Hål i vägen utanför mitt hus på backen, laga det nu",
        "URGENT LOAN offer, earn $5000 a day, click here now please",
    ],
)
def test_what_is_no_idea_is_read_by_a_person(text: str) -> None:
    assert caution(text) == "not_an_idea"


def test_danger_comes_before_everything_else() -> None:
    assert caution("Klicka här. Jag vill dö") == "acute"


@pytest.mark.parametrize(
    "text", ["أريد أن أفتح مقهى لتعلم اللغات في المدينة", "Я хочу открыть кафе для всех жителей города"]
)
def test_what_we_cannot_read_is_read_by_a_person(text: str) -> None:
    assert caution(text) == "unreadable"


@pytest.mark.parametrize("text", ["", "Ett kafé", "🌳 🌳 🌳", "ett två tre fyra fem"])
def test_a_few_words_are_too_few(text: str) -> None:
    assert caution(text) == "too_short"
    assert len(text.split()) < FEWEST


@pytest.mark.parametrize(
    "text",
    [
        "Jag vill öppna ett kafé på torget där alla kan träffas på lördagar",
        "Vi vill slå ett slag för cykelvägar i hela kommunen",
        "Ungdomar ska få söka stöd för sina egna projekt hos oss",
        "Ett lånegarage med verktyg så att ingen behöver köpa nytt",
        "A repair café where neighbours mend things together",
    ],
)
def test_an_ordinary_idea_goes_straight_on(text: str) -> None:
    assert caution(text) is None


@given(st.text(max_size=300))
def test_any_text_has_a_known_answer(text: str) -> None:
    assert caution(text) in KNOWN


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", ["söker jobb " * 2000, "a" * 20_000, "rädd för " * 2200])
def test_a_long_text_is_read_at_once(text: str) -> None:
    assert caution(text) in KNOWN
