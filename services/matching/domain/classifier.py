"""Which societal challenges an idea is about, learned from the directory's own words for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.matching.domain.caution import caution
from services.matching.domain.fitted import FITTED, Linear
from services.matching.domain.keywords import Keywords
from services.matching.domain.likeness import Floats, Likeness, standing_out
from shared.events.entry import Challenge
from shared.events.idea_classified import Label
from shared.kernel.ids import ChallengeId

MODEL = "char-tfidf+keywords/2"
SURE = 0.36  # below this for the best label we abstain
# Something is always the likest, also to what is about nothing that we know. So a text with none of our keywords, and no
# cosine of at least FAINT, must be CLEAR. Chosen with the judged ideas and some invented nonsense in sight.
FAINT, CLEAR = 0.065, 0.7
SHOWN = 0.30  # labels are told from here
MOST = 3
NOISE = 0.01  # cosine: differences this small mean nothing (a language that we do not know spreads them by 0.007)


@dataclass(frozen=True, slots=True)
class Classified:
    """`labels` are told, most confident first; `why` we abstain is None when sure enough; `sure` is of every challenge."""

    labels: tuple[Label, ...]
    why: str | None
    sure: Mapping[ChallengeId, float]


class Classifier:
    """Built from the challenges; knows at least one. Confidence is of that label alone: they do not sum to one.

    `background` are the directory's other texts, which tell what words are common.
    """

    def __init__(
        self, challenges: Sequence[Challenge], background: Sequence[str] = (), odds: Linear = FITTED.labels
    ) -> None:
        self.ids = [ChallengeId(c.id) for c in challenges]
        self._likeness = Likeness([_document(c) for c in challenges], background)
        self._keywords = Keywords([c.keywords for c in challenges])
        self._odds = odds

    def features(self, text: str) -> Mapping[str, Floats]:
        """What speaks for each challenge against the others, shape (n_challenges,) each; about -3 to 4, mean 0."""
        return _features(self._likeness.to(text), self._keywords.hits(text))

    def classify(self, text: str) -> Classified:
        likeness, hits = self._likeness.to(text), self._keywords.hits(text)
        odds = self._odds(_features(likeness, hits))
        sure = {c: float(p) for c, p in zip(self.ids, 1 / (1 + np.exp(-odds)), strict=True)}
        why, known = caution(text), bool(hits.any())
        if why == "unreadable" and not known:
            return Classified((), why, sure)  # likeness to words that we cannot read is chance
        if why == "unreadable":
            why = None  # a word that we know, in a language that we do not
        best = sorted(sure.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        labels = tuple(Label(challenge=c, confidence=round(p, 3)) for c, p in best if p >= SHOWN)
        enough = SURE if known or likeness.max() >= FAINT else CLEAR
        return Classified(labels, why or (None if best[0][1] >= enough else "unsure"), sure)


def _features(likeness: Floats, hits: Floats) -> Mapping[str, Floats]:
    keywords = np.sqrt(hits)
    return {"likeness": standing_out(likeness, NOISE), "keywords": keywords - keywords.mean()}


def _document(challenge: Challenge) -> str:
    """All words for a challenge, its name twice."""
    names = [challenge.name, *(t.name for t in challenge.topics), challenge.name]
    english = [challenge.name_en, *(t.name_en for t in challenge.topics), challenge.description_en]
    return " ".join([*names, challenge.description, *challenge.keywords, *english])
