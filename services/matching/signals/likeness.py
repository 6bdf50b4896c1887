"""Does the entry's description use the idea's words? How far its cosine stands above that of the others, in deviations."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats, Likeness, standing_out
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import AnyEntry

signal = Signal(name="likeness", range=(-2.0, 5.0))


def prepare(offers: Sequence[Offer], _: Sequence[AnyEntry]) -> Score:
    likeness = Likeness([f"{e.name} {e.name} {e.description} {e.description_en}" for e in offers])

    def score(idea: IdeaView) -> Floats:
        return np.clip(standing_out(likeness.to(idea.text)), *signal.range)

    return score
