"""Does the entry work with what the idea is about? The share of the idea's confidence in challenges that it has too."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal

signal = Signal(name="challenge", range=(0.0, 1.0))


def prepare(entries: Sequence[Offer]) -> Score:
    def score(idea: IdeaView) -> Floats:
        total = sum(idea.confidences.values())
        shared = [sum(idea.confidences.get(c, 0.0) for c in e.challenges) for e in entries]
        return np.array(shared) / total if total else np.zeros(len(entries))

    return score
