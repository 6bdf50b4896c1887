"""May a word with a small letter be the name of a place? Many people write so on a phone. Rules of the language, no list of
places: a wrong place shuts the right people out, so in doubt it is a word.
"""

import re
from collections.abc import Iterable

from services.matching.domain.signs import COMMON
from shared.events.entry import Actor, AnyEntry, Challenge, Example, Method, Scheme

SHORTEST = 5  # letters: shorter names are too often words (mo, berg, wij)
SURELY = 8  # letters from which likeness tells a slip from a word: a short word is often one letter from a name
# After these comes a place, or the thing itself in its definite form ("i boden"): such a name needs another clue.
AFTER = frozenset({
    "i", "på", "från", "till", "vid", "nära", "runt", "kring", "omkring", "utanför", "mellan", "bor",
    "in", "at", "to", "near", "from", "around", "outside", "between",
})  # fmt: skip
_THE_THING = re.compile(r"(?:en|et|an|na)$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_the_thing(name: str) -> bool:
    """Has it the form of a Swedish noun in the definite: bodarna, heden, bruket?"""
    return bool(_THE_THING.search(name))


def words_of(entries: Iterable[AnyEntry]) -> frozenset[str]:
    """What the directory itself writes with a small letter, and the commonest words: those are words in that region."""
    texts = " ".join(text for entry in entries for text in _texts(entry))
    return COMMON | {word for word in _WORD.findall(texts) if word[0].islower()}


def _texts(entry: AnyEntry) -> tuple[str, ...]:
    match entry:
        case Actor() | Scheme():
            return entry.description, entry.description_en
        case Challenge():
            return entry.description, entry.description_en, *entry.keywords
        case Method():
            return entry.suits, entry.description, entry.when_to_use, *entry.steps
        case Example():
            return entry.problem, entry.how_it_works, entry.results
        case _:
            return ()
