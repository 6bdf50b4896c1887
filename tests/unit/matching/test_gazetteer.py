"""A place is found however it is spelt, and none is found where none was named: a wrong one shuts the right people out."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matching.domain.gazetteer import Found, Gazetteer
from shared.events.entry import Actor, AnyEntry, County, Municipality, Scheme
from shared.kernel.ids import MunicipalityCode

GAVLE, SANDVIKEN, HUDIKSVALL, BOLLNAS, HOFORS = "2180", "2181", "2184", "2183", "2104"
SODERHAMN, OVANAKER = "2182", "2121"


@pytest.fixture(scope="module")
def places(gavleborg: Sequence[AnyEntry]) -> Gazetteer:
    return Gazetteer(gavleborg)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Vi bor i Hudiksvall.", HUDIKSVALL),
        ("Vi bor i Hudikvall.", HUDIKSVALL),
        ("Vi vill ha mer liv i Sanviken och där omkring", SANDVIKEN),
        ("Gävles bästa kafé", GAVLE),
        ("Sandvikens kommun har många hus", SANDVIKEN),
        ("Jag tänker på GÄVLE hela tiden", GAVLE),
        ("Torsdagar i Arbrå, på bygdegården", BOLLNAS),
    ],
)
def test_a_name_in_the_text_is_known_misspelt_or_inflected(places: Gazetteer, text: str, code: str) -> None:
    found = places.find(text, None, None)
    assert found.municipalities == (code,)
    assert found.certain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ett kafé för alla",
        "Ett kafé i Stockholm",
        "det är en hög hylla i skog och mark",
        "samåkning i skog och mark",
        "en målning på gaveln",  # one letter from Gävle
        "pyssel i bodarna",  # Bodarna: the sheds
        "vi rustar nya bruket",
        "stocka ved, hamra spik, forsa och holma",
        "🌳 1234 ...",
    ],
)
def test_where_no_place_is_named_none_is_made_up(places: Gazetteer, text: str) -> None:
    assert places.find(text, None, None) == Found()


@pytest.mark.parametrize("word", ["Skog", "Berg", "Via", "Los", "Ren", "Hög", "Söder", "Born"])
def test_a_name_that_is_also_a_word_needs_a_clue(places: Gazetteer, word: str) -> None:
    assert places.find(f"{word} är något som vi gillar.", None, None) == Found()
    assert places.find(f"Samåkning i {word} varje dag.", None, None) == Found(), "a preposition is no clue"
    assert places.find(f"Samåkning i {word} varje dag.", word, None).municipalities


@pytest.mark.parametrize(
    ("text", "field", "chosen"),
    [
        ("Vi bor i Skog i Söderhamn.", None, None),
        ("Vi bor i Skog, nära Bergvik.", None, None),
        ("vi bor i Skog, nära bergvik", None, None),
        ("Vi bor i Skog.", "Söderhamn", None),
        ("Vi bor i Skog.", None, MunicipalityCode(SODERHAMN)),
    ],
)
def test_another_place_of_the_municipality_or_the_form_is_a_clue(
    places: Gazetteer, text: str, field: str | None, chosen: MunicipalityCode | None
) -> None:
    found = places.find(text, field, chosen)
    assert found.municipalities == (SODERHAMN,)
    assert "Skog" in found.localities


def test_a_place_of_another_municipality_is_no_clue(places: Gazetteer) -> None:
    found = places.find("Vi bor i Skog, nära Gävle.", None, None)
    assert (found.municipalities, found.localities) == ((GAVLE,), frozenset())


def test_the_word_beside_its_municipality_stays_a_word(places: Gazetteer) -> None:
    assert places.find("vi planterar i skog i söderhamn", None, None).localities == frozenset()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("språkkafé för nyanlända i gävle på torsdagar med fika", GAVLE),
        ("språkkafé gavle", GAVLE),
        ("kafé i bollnäs", BOLLNAS),
        ("sandvikens ungdomar behöver en bana", SANDVIKEN),
        ("ge söderhamn en park", SODERHAMN),
        ("odling i edsbyn", OVANAKER),
        ("fika på brynäs varje dag", GAVLE),
        ("we meet in hudiksval", HUDIKSVALL),
        ("träffas i hudikvall", HUDIKSVALL),
    ],
)
def test_a_small_letter_is_enough_where_it_can_be_nothing_else(places: Gazetteer, text: str, code: str) -> None:
    found = places.find(text, None, None)
    assert (found.municipalities, found.certain) == ((code,), True)


def test_every_municipality_is_known_by_a_small_letter_wherever_it_stands(
    places: Gazetteer, gavleborg: Sequence[AnyEntry]
) -> None:
    for town in (e for e in gavleborg if isinstance(e, Municipality)):
        for name in (town.name, town.full_name):
            assert places.find(f"kafé {name.lower()} torsdagar", None, None).municipalities == (town.id,)


def test_a_part_of_a_municipality_is_known_by_a_small_letter_only_after_a_word_for_where(
    places: Gazetteer, gavleborg: Sequence[AnyEntry]
) -> None:
    towns = [e for e in gavleborg if isinstance(e, Municipality)]
    parts = [(name.lower(), t.id) for t in towns for name in t.localities if t.name not in name]
    known = [places.find(f"kafé i {name} torsdagar", None, None).municipalities == (code,) for name, code in parts]
    assert sum(known) > 0.6 * len(parts), "most names can be nothing else"
    for name, code in parts:
        assert places.find(f"kafé {name} torsdagar", None, None) == Found()
        assert places.find(f"kafé i {name} torsdagar", None, None).municipalities in ((), (code,))


def test_no_word_that_the_directory_writes_with_a_small_letter_is_a_place(gavleborg: Sequence[AnyEntry]) -> None:
    by_rule_alone = Gazetteer(
        [e for e in gavleborg if isinstance(e, Municipality | County)]
    )  # it has not seen the texts
    for entry in (e for e in gavleborg if isinstance(e, Actor | Scheme)):
        for text in (entry.description, entry.description_en):
            words = " ".join(word for word in text.split() if word.islower())
            assert by_rule_alone.find(words, None, None) == Found(), words


def test_a_municipality_that_is_called_a_word_is_the_word_when_it_has_a_small_letter(liten: Sequence[AnyEntry]) -> None:
    town = next(e for e in liten if isinstance(e, Municipality))
    actor = next(e for e in liten if isinstance(e, Actor))
    vadar = town.model_copy(update={"name": "Vadar", "full_name": "Vadar kommun"})
    wades = actor.model_copy(update={"description": "Den som vadar i ån blir blöt."})
    assert Gazetteer([vadar]).find("vi vadar i ån", None, None).municipalities == (town.id,)
    assert Gazetteer([vadar, wades]).find("vi vadar i ån", None, None) == Found()
    assert Gazetteer([vadar, wades]).find("Kafé i Vadar", None, None).municipalities == (town.id,)


def test_a_name_that_is_also_a_word_is_its_own_town_beside_the_towns_name(places: Gazetteer) -> None:
    found = places.find("Vi bor i Berg i Hofors.", None, None)
    assert (found.municipalities, found.localities, found.certain) == ((HOFORS,), frozenset({"Berg"}), True)


def test_a_name_in_two_municipalities_is_either_in_the_field_and_none_in_the_text(places: Gazetteer) -> None:
    found = places.find("", "Öster", None)
    assert set(found.municipalities) == {GAVLE, HUDIKSVALL}
    assert not found.certain
    assert places.find("Vi bor i Öster.", None, None) == Found()


def test_a_name_in_two_municipalities_is_settled_by_a_town_beside_it(places: Gazetteer) -> None:
    assert places.find("Vi bor i Öster i Gävle.", None, None).municipalities == (GAVLE,)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("Hudikvall", HUDIKSVALL),
        ("sanviken", SANDVIKEN),
        ("gävle", GAVLE),
        ("GÄVLE KOMMUN", GAVLE),
        ("Bomhus, Gävle", GAVLE),
        ("nånstans kring bollnäs", BOLLNAS),
        ("  Sandvikens kommun ", SANDVIKEN),
    ],
)
def test_the_forms_field_is_trusted(places: Gazetteer, field: str, code: str) -> None:
    assert places.find("Ett kafé", field, None).municipalities == (code,)


def test_the_forms_field_comes_before_the_text(places: Gazetteer) -> None:
    assert places.find("Som det de har i Gävle.", "Bollnäs", None).municipalities == (BOLLNAS,)


def test_what_the_holder_chose_comes_before_everything(places: Gazetteer) -> None:
    found = places.find("Vi bor i Gävle.", "Sandviken", MunicipalityCode(BOLLNAS))
    assert (found.municipalities, found.certain) == ((BOLLNAS,), True)


def test_a_landscape_is_all_its_municipalities(places: Gazetteer) -> None:
    found = places.find("", "Hälsingland", None)
    assert len(found.municipalities) == 6
    assert not found.certain


def test_two_towns_are_two_and_the_one_named_most_is_first(places: Gazetteer) -> None:
    found = places.find("Mellan Gävle och Bollnäs, mest i Bollnäs.", None, None)
    assert found.municipalities == (BOLLNAS, GAVLE)
    assert not found.certain


def test_every_municipality_knows_its_own_name(places: Gazetteer, gavleborg: Sequence[AnyEntry]) -> None:
    towns = [e for e in gavleborg if isinstance(e, Municipality)]
    assert {t.id: places.find("", t.name, None).municipalities for t in towns} == {t.id: (t.id,) for t in towns}
    assert {t.id: places.find("", t.full_name, None).municipalities for t in towns} == {t.id: (t.id,) for t in towns}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=100), field=st.one_of(st.none(), st.text(max_size=40)))
def test_any_text_has_places_of_the_directory_or_none(
    places: Gazetteer, gavleborg: Sequence[AnyEntry], text: str, field: str | None
) -> None:
    found = places.find(text, field, None)
    assert set(found.municipalities) <= {e.id for e in gavleborg if isinstance(e, Municipality)}
    assert not found.certain or len(found.municipalities) == 1


def test_a_directory_without_places_finds_none() -> None:
    assert Gazetteer([]).find("Vi bor i Gävle.", "Gävle", None) == Found()


def test_the_tiny_region_knows_its_own_places_alone(liten: Sequence[AnyEntry]) -> None:
    tiny = Gazetteer(liten)
    assert tiny.find("Ett kafé i Norra Viken.", None, None).localities == frozenset({"Norra Viken"})
    assert tiny.find("Vi bor i Gävle.", "Gävle", None) == Found()
