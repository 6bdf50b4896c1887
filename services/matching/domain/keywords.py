"""Words that tell of a challenge, found in running text whatever their ending: "ensam" in "ensamma", "ensamhet"."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from services.matching.domain.likeness import Floats

SHORT = 4  # letters, below which a word must end there: "mat" in "maten", not in "match"
_ENDING = "(?:en|et|n|er|ar|or|na|s)?"


class Keywords:
    """For each challenge its keywords. A phrase of several words tells more than a word, a rare word more than a common."""

    def __init__(self, lists: Sequence[Iterable[str]]) -> None:
        self._size = len(lists)
        owners: dict[str, set[int]] = {}
        for index, words in enumerate(lists):
            for word in words:
                owners.setdefault(word.lower().strip(), set()).add(index)
        self._owners = {w: o for w, o in owners.items() if len(w) > 2}
        longest_first = sorted(self._owners, key=len, reverse=True)
        parts = [re.escape(w) + (rf"(?={_ENDING}\b)" if len(w) < SHORT else "") for w in longest_first]
        self._any = re.compile(r"\b(?:" + "|".join(parts) + ")") if parts else None

    def hits(self, text: str) -> Floats:
        """Weight of the keywords found for each list, shape (n_lists,), from 0; each keyword counts once."""
        found = np.zeros(self._size)
        for word in set(self._any.findall(text.lower())) if self._any else ():
            owners = self._owners[word]
            weight = (1 + word.count(" ")) * min(len(word), 12) / 8 / len(owners)
            for index in owners:
                found[index] += weight
        return found
