"""How alike texts are, by the characters they share: a good first signal for Swedish, which inflects and compounds."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Likeness:
    """Documents to compare with: TF-IDF of character 3- to 5-grams within words, sublinear, cosine."""

    def __init__(self, documents: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectors: Any = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents=None, lowercase=True
        )
        self._documents: Any = self._vectors.fit_transform(documents)

    def to(self, text: str) -> Floats:
        """Cosine of a text with each document, shape (n_documents,), in [0, 1]."""
        return np.asarray((self._documents @ self._vectors.transform([text]).T).todense()).ravel()


def standing_out(scores: Floats) -> Floats:
    """How far each score stands above the others: z-scores, shape kept; all zero when none stands out."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)
