"""The reader's language. Swedish stands in place as `_("…")`; others are `.po` files, one a folder and language.

Catalogues are read as they are when the platform starts: no compiled files, and a new language is a new file.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import c2py
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

SOURCE = "sv"
PSEUDO = "qps"  # brackets every translated text, so that a test sees what was not translated
Text = str | tuple[str, ...]


def one_or_many(count: int) -> int:
    """The form of a word in Swedish and its kin: 0 for one, 1 for more."""
    return int(count != 1)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. A text that its catalogue lacks is given in Swedish: better read than lost."""

    tag: str
    texts: Mapping[str, Text] = field(default_factory=dict[str, Text])
    plural: Callable[[int], int] = one_or_many  # which form of a text a count takes

    def gettext(self, text: str) -> str:
        found = self.texts.get(text) or text
        return self._shown(found if isinstance(found, str) else found[0])

    def ngettext(self, one: str, many: str, count: int) -> str:
        found = self.texts.get(one)
        if isinstance(found, tuple) and all(found):
            return self._shown(found[self.plural(count)])
        return self._shown((one, many)[one_or_many(count)])

    def _shown(self, text: str) -> str:
        return f"⟦{text}⟧" if self.tag == PSEUDO else text


_SWEDISH = Tongue(SOURCE)
_current: ContextVar[Tongue] = ContextVar("tongue", default=_SWEDISH)


def read_tongues(folders: Iterable[Path]) -> dict[str, Tongue]:
    """Every language that has a `locale/<tag>.po` in one of the folders, the source language and the pseudo one."""
    texts: dict[str, dict[str, Text]] = {}
    plurals: dict[str, Callable[[int], int]] = {}
    for file in (file for folder in folders for file in sorted((folder / "locale").glob("*.po"))):
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=file.stem)
        known = texts.setdefault(file.stem, {})
        plurals[file.stem] = c2py(catalogue.plural_expr)
        for message in catalogue:
            if message.id and message.string and not message.fuzzy:
                key = message.id if isinstance(message.id, str) else message.id[0]
                known[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    others = {tag: Tongue(tag, known, plurals[tag]) for tag, known in texts.items()}
    return {SOURCE: Tongue(SOURCE), PSEUDO: Tongue(PSEUDO), **others}


def own_name(tag: str) -> str:
    """What a language calls itself: ``Svenska``, ``العربية``. The tag itself for one that nobody described."""
    try:
        return (Locale.parse(tag).get_display_name(tag) or tag).capitalize()
    except (UnknownLocaleError, ValueError):
        return tag


def direction(tag: str) -> str:
    """``ltr`` or ``rtl``: which way a language is written."""
    try:
        return Locale.parse(tag).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


@contextmanager
def speaking(tongue: Tongue) -> Generator[Tongue]:
    """Let every text in this block be in one language: for a page, or for a mail."""
    token = _current.set(tongue)
    try:
        yield tongue
    finally:
        _current.reset(token)


def tongue() -> Tongue:
    """The language that is spoken here and now."""
    return _current.get()


def gettext(text: str) -> str:
    return _current.get().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    return _current.get().ngettext(one, many, count)


def later(text: str) -> str:
    """Mark a text to be translated where it is shown: in a constant, say. Import it as `N_`."""
    return text


def pick(sv: str, en: str) -> str:
    """The rendering of a pack's text that the reader can read: Swedish in Swedish, else English."""
    return sv if _current.get().tag == SOURCE else en
