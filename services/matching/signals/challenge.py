"""Does the entry work with what the idea is about? Cosine between our confidences and the challenges that it has.

1.0: it works with just what the idea is about; one that works with everything gets some of it, whatever the idea.
"""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import AnyEntry

signal = Signal(name="challenge", range=(0.0, 1.0))


def prepare(offers: Sequence[Offer], _: Sequence[AnyEntry]) -> Score:
    def score(idea: IdeaView) -> Floats:
        sure = idea.confidences
        shared = np.array([sum(sure.get(c, 0.0) for c in e.challenges) for e in offers])
        length = np.sqrt(sum(s * s for s in sure.values()) * np.array([max(len(e.challenges), 1) for e in offers]))
        return np.divide(shared, length, out=np.zeros(len(offers)), where=length > 0).clip(0.0, 1.0)

    return score
