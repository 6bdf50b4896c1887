"""A translation has the blanks of its text; what is missing or stale is named (`make check` says which, today)."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from shared.web.catalogues import defects, places, texts

ROOT = Path(__file__).parents[3]
FILES = [file for _, locale in places() for file in sorted(locale.glob("*.po"))]
BLANK = re.compile(r"\{\w*\}|%\(\w+\)s")


def catalogue(**known: str | None) -> Catalog:
    made = Catalog(locale="en")
    for text, string in known.items():
        made.add(text, string)
    return made


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_translation_has_the_same_blanks_to_fill(file: Path) -> None:
    with file.open("rb") as opened:
        found = read_po(opened, locale=file.stem)
    for message in found:
        if not message.string or not any(message.string):
            continue  # not translated yet: shown in Swedish
        if message.id and isinstance(message.id, str):
            assert set(BLANK.findall(message.id)) == set(BLANK.findall(str(message.string))), message.id
        elif message.id:
            wanted = {blank for form in message.id for blank in BLANK.findall(form)}
            assert {blank for form in message.string for blank in BLANK.findall(form)} <= wanted, message.id


def test_a_missing_an_empty_and_a_stale_text_are_named() -> None:
    found = defects(catalogue(Hej="Hello", Tom="", Gammal="Old"), ["Hej", "Tom", "Ny"])
    assert found == ["missing: 'Ny'", "missing: 'Tom'", "stale: 'Gammal'"]


def test_a_whole_catalogue_has_no_defects() -> None:
    assert defects(catalogue(Hej="Hello"), ["Hej"]) == []


def test_texts_are_found_in_code_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "a.py").write_text('x = _("Hej")\ny = N_("Sedan")\nz = ngettext("dag", "dagar", 2)\n', "utf-8")
    (tmp_path / "templates" / "page.html").write_text("<p>{{ _('På sidan') }}</p>", "utf-8")
    assert {"Hej", "Sedan", "dag", "På sidan"} == set(texts(tmp_path))
