"""Which language a text is in, by its script and its smallest words: enough to know whom to ask, nothing more."""

import re
from collections import Counter

from shared.kernel.ids import LanguageTag

_SCRIPTS = {
    "ar": "\u0600-\u06ff",
    "uk": "іїєґІЇЄҐ",
    "ru": "\u0400-\u04ff",
    "el": "\u0370-\u03ff",
    "th": "\u0e00-\u0e7f",
    "am": "\u1200-\u137f",
}
_SMALL = {
    "sv": "och att det är jag inte en som på för med vi har till av kan om man ett vill skulle där",
    "en": "the and to of is in that it for we with you not are have could would this a",
    "fi": "ja on ei se että olen minun olisi voisi kun niin joka meidän tai myös mutta hän",
    "no": "og jeg ikke det er som til vil hvor hva noen",
    "da": "og jeg ikke det er som til vil hvor hvad nogen",
    "so": "waa iyo in ka ku ah oo si uu waxaan waxay",
    "de": "und ich nicht das ist ein für mit wir die der",
    "pl": "i nie to jest się na że do jak w z",
}
_WORDS = {tag: frozenset(words.split()) for tag, words in _SMALL.items()}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> LanguageTag:
    """BCP 47; ``und`` when nobody could tell."""
    for tag, letters in _SCRIPTS.items():
        if len(re.findall(f"[{letters}]", text)) > len(text) / (40 if tag == "uk" else 4):
            return LanguageTag(tag)
    words = Counter(_WORD.findall(text.lower()))
    scores = {tag: sum(words[w] for w in small) for tag, small in _WORDS.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return LanguageTag(best) if scores[best] >= 2 else LanguageTag("und")
