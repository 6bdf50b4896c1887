"""What somebody wrote, made readable and safe to keep, without changing what it says."""

import re
import unicodedata
from html.parser import HTMLParser

MOST = 20_000  # characters; about ten pages
_BREAKS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[^\S\n]+")
_MARKUP = re.compile(
    r"<(?:!doctype|html|body|div|p|br|span|table|a|ul|ol|li|h[1-6]|script|style)\b[^>]*>", re.IGNORECASE
)
_SECTION = re.compile(r"<!\[[^>]*>?")  # `<![if …]>` from Word; the parser raises at those that it does not know
_KEPT = {"\n", "\t", "\u200c", "\u200d", "\u200e", "\u200f"}  # joiners and direction marks are part of some scripts


class _Text(HTMLParser):
    """The readable text of a pasted page: what stands in scripts and styles is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in ("script", "style")
        if tag in ("p", "br", "div", "li", "tr") or tag[:1] == "h":
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= bool(self._hidden) and tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def readable(text: str) -> str:
    """NFC, no control characters, at most two line breaks in a row; a pasted web page becomes its text."""
    if len(_MARKUP.findall(text)) >= 3:  # a page that was pasted, not a person who writes of <p>
        page = _Text()
        page.feed(_SECTION.sub(" ", text))
        page.close()
        text = "".join(page.pieces)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
    lines = [_SPACES.sub(" ", line).strip() for line in unicodedata.normalize("NFC", kept).split("\n")]
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def has_words(text: str) -> bool:
    """Is there anything to read: a letter of any script, or a sign such as an emoji?"""
    return any(unicodedata.category(c)[0] in "LSN" for c in text)
