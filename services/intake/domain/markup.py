"""The text of a web page that somebody pasted. Read once from left to right, however broken it is.

Python's own parser goes back to the start of each tag that never ends: a page of them would take the whole day.
"""

import html
import re

_TAGS = re.compile(
    r"<(?:!doctype|html|body|div|p|br|span|table|a|ul|ol|li|h[1-6]|script|style)\b[^<>]*>", re.IGNORECASE
)
_HIDDEN = re.compile(r"<!--|<(script|style)\b[^<>]*>", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("script", "style")} | {
    "": re.compile("-->")
}
_BREAK = re.compile(r"<(?:p|br|div|li|tr|h\w*)\b[^<>]*>", re.IGNORECASE)
_MARK = re.compile(r"</?[a-z][^<>]*>|<[!?][^<>]*>", re.IGNORECASE)  # `<![if …]>` from Word too
_LONG = re.compile(r"&#(?=\w{9})")  # the number of no character; html.unescape raises at the longest


def is_page(text: str) -> bool:
    """A page that was pasted, not a person who writes of <p>."""
    return len(_TAGS.findall(text)) >= 3


def text_of(page: str) -> str:
    """What a browser would show: no scripts, styles and comments; a new line where a block begins."""
    return html.unescape(_LONG.sub("& #", _MARK.sub("", _BREAK.sub("\n", _shown(page)))))


def _shown(page: str) -> str:
    """The page without what no browser shows. What has a beginning but no end is kept: rather too much than too little."""
    pieces, at = list[str](), 0
    while (begins := _HIDDEN.search(page, at)) and (
        ends := _ENDS[(begins.group(1) or "").lower()].search(page, begins.end())
    ):
        pieces.append(page[at : begins.start()])
        at = ends.end()
    return " ".join([*pieces, page[at:]])
