"""How alike texts are, by the characters they share: a good first signal for Swedish, which inflects and compounds."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Likeness:
    """Documents to compare with: TF-IDF of character 3- to 5-grams within words, sublinear, cosine.

    `background` are other texts in the same languages: they only tell which grams are common, and so mean little.
    """

    def __init__(self, documents: Sequence[str], background: Sequence[str] = ()) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._size = len(documents)
        self._documents: Any = None  # where no document says anything
        if not any(document.strip() for document in documents):
            return
        self._vectors: Any = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self._vectors.fit([*documents, *background])
        self._documents = self._vectors.transform(documents).T.tocsr()  # by gram: a text has few of them

    def to(self, text: str) -> Floats:
        """Cosine of a text with each document, shape (n_documents,), in [0, 1]."""
        if self._documents is None:
            return np.zeros(self._size)
        return (self._vectors.transform([text]) @ self._documents).toarray().ravel()


def standing_out(scores: Floats, noise: float = 1e-9) -> Floats:
    """How far each score stands above the mean, in deviations that `noise` (in the unit of the scores) adds to.

    With noise, a set of scores that are all alike has none that stands out, and nor has the better of two poor ones.
    """
    if not scores.size:
        return scores
    return (scores - scores.mean()) / (scores.std() + noise)
