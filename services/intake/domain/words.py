"""What somebody wrote, made readable and safe to keep, without changing what it says."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from services.intake.domain.markup import is_page, text_of
from shared.kernel.errors import Refused

MOST = 20_000  # characters; about ten pages
LINE = 200  # characters of a title, or of a place
_BREAKS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = ("Cc", "Cs", "Co", "Cn")  # control, half a character, private, unassigned
_KEPT = {"\n", "\t", "\u200c", "\u200d", "\u200e", "\u200f"}  # joiners and direction marks are part of some scripts


def readable(text: str) -> str:
    """NFC, no control characters, at most two line breaks in a row; a pasted web page becomes its text."""
    if is_page(text):
        text = text_of(text)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(_few_marks(c for c in plain if c in _KEPT or unicodedata.category(c) not in _UNSEEN))
    lines = [_SPACES.sub(" ", line).strip() for line in unicodedata.normalize("NFC", kept).split("\n")]
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def _few_marks(text: Iterable[str]) -> Iterator[str]:
    """At most 30 marks on a letter (UAX #15, D4): no language has more, and NFC sorts them slowly."""
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.combining(c) else 0
        if marks <= 30:
            yield c


def short(text: str | None, field: str, most: int = LINE) -> str | None:
    """One line of a form, readable; None when nothing is left. Raise `Refused`, before it is read, when it is too long."""
    if len(text or "") > most:
        raise Refused("line_too_long", field=field, params={"most": most})
    return readable(text or "") or None


def has_words(text: str) -> bool:
    """Is there anything to read: a letter of any script, or a sign such as an emoji?"""
    return any(unicodedata.category(c)[0] in "LSN" for c in text)
