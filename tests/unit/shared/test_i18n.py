"""A text is read in the reader's language where there is one, and in Swedish before it is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.i18n import PSEUDO, SOURCE, Tongue, gettext, ngettext, pick, read_tongues, speaking, tongue

ENGLISH = Tongue("en", {"Hej": "Hello", "{n} dag": ("{n} day", "{n} days"), "Tom": "", "Halv": ("one", "")})
PO = """
msgid "Hej"
msgstr "{hello}"

#, fuzzy
msgid "Kanske"
msgstr "Maybe"

msgid "Inte än"
msgstr ""

msgid "{{n}} dag"
msgid_plural "{{n}} dagar"
msgstr[0] "{{n}} day"
msgstr[1] "{{n}} days"
"""


def folder(tmp_path: Path, name: str, hello: str, tag: str = "en") -> Path:
    place = tmp_path / name
    (place / "locale").mkdir(parents=True)
    (place / "locale" / f"{tag}.po").write_text(PO.format(hello=hello), "utf-8")
    return place


def test_without_a_reader_the_language_is_swedish() -> None:
    assert tongue().tag == SOURCE
    assert gettext("Hej") == "Hej"


def test_a_text_is_in_the_language_that_is_spoken_and_only_there() -> None:
    with speaking(ENGLISH):
        assert gettext("Hej") == "Hello"
    assert gettext("Hej") == "Hej"


@pytest.mark.parametrize("text", ["Okänd", "Tom"])
def test_a_text_that_is_not_translated_is_given_in_swedish(text: str) -> None:
    with speaking(ENGLISH):
        assert gettext(text) == text


@pytest.mark.parametrize(("count", "form"), [(0, "{n} days"), (1, "{n} day"), (2, "{n} days")])
def test_one_is_one_and_the_rest_are_many(count: int, form: str) -> None:
    with speaking(ENGLISH):
        assert ngettext("{n} dag", "{n} dagar", count) == form


def test_swedish_has_its_own_forms() -> None:
    assert [ngettext("{n} dag", "{n} dagar", n) for n in (0, 1, 2)] == ["{n} dagar", "{n} dag", "{n} dagar"]


def test_a_translation_with_a_form_missing_is_not_used() -> None:
    with speaking(ENGLISH):
        assert ngettext("Halv", "Halva", 2) == "Halva"


def test_a_language_is_left_also_when_something_goes_wrong() -> None:
    with pytest.raises(RuntimeError), speaking(ENGLISH):
        raise RuntimeError
    assert tongue().tag == SOURCE


@given(st.text(max_size=30))
def test_the_pseudo_language_marks_every_text(text: str) -> None:
    with speaking(Tongue(PSEUDO)):
        assert gettext(text) == f"⟦{text}⟧"


def test_texts_of_the_pack_are_swedish_for_swedes_and_english_for_all_others() -> None:
    assert pick("ett hus", "a house") == "ett hus"
    with speaking(Tongue("fi")):
        assert pick("ett hus", "a house") == "a house"


def test_a_new_language_is_a_new_file(tmp_path: Path) -> None:
    found = read_tongues([folder(tmp_path, "a", "Hei", "fi")])
    assert set(found) == {SOURCE, PSEUDO, "fi"}
    assert found["fi"].gettext("Hej") == "Hei"


def test_folders_add_to_a_language(tmp_path: Path) -> None:
    first, second = folder(tmp_path, "a", "Hello"), folder(tmp_path, "b", "Hi")
    assert read_tongues([first])["en"].gettext("Hej") == "Hello"
    assert read_tongues([first, second])["en"].ngettext("{n} dag", "{n} dagar", 3) == "{n} days"


def test_unsure_and_empty_translations_are_not_shown(tmp_path: Path) -> None:
    english = read_tongues([folder(tmp_path, "a", "Hello")])["en"]
    assert (english.gettext("Kanske"), english.gettext("Inte än")) == ("Kanske", "Inte än")
