"""A third language is a file and nothing more; what a file lacks is read in Swedish rather than lost."""

from pathlib import Path

import pytest

from shared.web.i18n import direction, gettext, ngettext, own_name, read_tongues, speaking

ARABIC = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\n"

msgid "Skicka"
msgstr "أرسل"

msgid "En sak"
msgid_plural "%(num)s saker"
msgstr[0] "لا شيء"
msgstr[1] "شيء واحد"
msgstr[2] "شيئان"
msgstr[3] "أشياء"
msgstr[4] "شيئا"
msgstr[5] "شيء"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "ar.po").write_text(ARABIC, "utf-8")
    return tmp_path


def test_a_new_file_is_a_new_language_with_its_own_plurals(folder: Path) -> None:
    with speaking(read_tongues([folder])["ar"]):
        assert gettext("Skicka") == "أرسل"
        said = [ngettext("En sak", "%(num)s saker", count) for count in (0, 1, 2, 5, 15, 100)]
        assert said == ["لا شيء", "شيء واحد", "شيئان", "أشياء", "شيئا", "شيء"]
        assert gettext("Ångra") == "Ångra"
        assert [ngettext("Ett ord", "Fler ord", count) for count in (1, 2)] == ["Ett ord", "Fler ord"]


@pytest.mark.parametrize(
    ("tag", "name", "way"),
    [
        ("sv", "Svenska", "ltr"),
        ("en", "English", "ltr"),
        ("ar", "العربية", "rtl"),
        ("so", "Soomaali", "ltr"),
        ("qqq", "qqq", "ltr"),
    ],
)
def test_a_language_is_called_and_written_as_its_readers_do(tag: str, name: str, way: str) -> None:
    assert (own_name(tag), direction(tag)) == (name, way)
