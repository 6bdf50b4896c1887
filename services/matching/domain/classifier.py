"""Which societal challenges an idea is about, learned from the directory's own words for them."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.caution import caution
from services.matching.domain.keywords import Keywords
from services.matching.domain.likeness import Floats, Likeness, standing_out
from shared.events.entry import Challenge
from shared.events.idea_classified import Label
from shared.kernel.ids import ChallengeId

MODEL = "char-tfidf+keywords/1"
# Logistic weights of: likeness that stands out, keywords found, their share; and the intercept. Four numbers fitted on the
# development ideas (`python -m tests.eval --fit`); confidence is what five-fold cross-validation bore out.
WEIGHTS, INTERCEPT = (0.99, 1.08, 1.08), -2.10
SURE = 0.36  # below this for the best label we abstain
SHOWN = 0.30  # further labels are told from here
MOST = 3


class Classifier:
    """Built from the challenges; knows at least one. Confidence is of that label alone: they do not sum to one."""

    def __init__(self, challenges: Sequence[Challenge]) -> None:
        self.ids = [ChallengeId(c.id) for c in challenges]
        self._likeness = Likeness([_document(c) for c in challenges])
        self._keywords = Keywords([c.keywords for c in challenges])

    def confidences(self, text: str) -> Floats:
        """How sure we are of each challenge, shape (n_challenges,), in (0, 1)."""
        found = self._keywords.hits(text)
        features = (standing_out(self._likeness.to(text)), np.log1p(found), found / (found.sum() + 1))
        logit = INTERCEPT + sum((w * f for w, f in zip(WEIGHTS, features, strict=True)), np.zeros(len(self.ids)))
        return 1 / (1 + np.exp(-logit))

    def classify(self, text: str) -> tuple[tuple[Label, ...], str | None]:
        """Labels, most confident first, and why we abstain: None when sure enough."""
        sure = self.confidences(text)
        order = sorted(range(len(self.ids)), key=lambda i: (-sure[i], self.ids[i]))
        best = [i for i in order[:MOST] if sure[i] >= SHOWN]
        labels = tuple(Label(challenge=self.ids[i], confidence=round(float(sure[i]), 3)) for i in best)
        if why := caution(text):
            return (labels, why)
        return labels, None if best and sure[best[0]] >= SURE else "unsure"


def _document(challenge: Challenge) -> str:
    """All words for a challenge, its name twice."""
    names = [challenge.name, *(t.name for t in challenge.topics), challenge.name]
    english = [challenge.name_en, *(t.name_en for t in challenge.topics), challenge.description_en]
    return " ".join([*names, challenge.description, *challenge.keywords, *english])
