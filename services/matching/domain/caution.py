"""When a person must read first: someone may be in danger, it is no idea, or we cannot read it.

All that follows is that a person reads before anyone is asked, so that doubt about danger counts as danger. What is no
idea is told by several signs of the same kind, never by one: ideas mention jobs, loans and broken things too.
"""

from services.matching.domain.signs import ACUTE, COMMON, NO_IDEA, PROPOSES, WORD

ABSTAINED = ("acute", "not_an_idea", "unreadable", "too_short", "unsure")  # codes, the most serious first
FEWEST = 6  # words, below which there is too little to go on
SIGNS = 2  # of one kind that make something no idea; one more when it proposes something
READABLE = 0.1  # least share of common Swedish or English words: foreign texts have under 0.05, ideas from 0.17
ENOUGH = 5  # words from which that share says anything


def caution(text: str) -> str | None:
    """Why a person must read this first, or None. The most serious reason wins; "unsure" is for the classifier to say."""
    if ACUTE.search(text):
        return "acute"
    words = [word.lower() for word in WORD.findall(text)]
    proposes = bool(PROPOSES.search(text))
    if any(_signs(kind.findall(text)) >= SIGNS + proposes for kind in NO_IDEA):
        return "not_an_idea"
    if len(words) >= ENOUGH and sum(word in COMMON for word in words) < READABLE * len(words):
        return "unreadable"
    return "too_short" if len(words) < FEWEST else None


def _signs(found: list[str]) -> int:
    """How many different signs; the same one again says nothing more."""
    return len({sign.lower() for sign in found})
