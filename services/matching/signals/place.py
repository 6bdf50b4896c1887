"""Does it work where the idea lives? 1.0 there and in few places, 0.6 everywhere, 0.0 elsewhere; unknown: 0.5, 0.2."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.area import covers_all, municipalities_of
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import AnyEntry

signal = Signal(name="place", range=(0.0, 1.0))


def prepare(offers: Sequence[Offer], _: Sequence[AnyEntry]) -> Score:
    everywhere = np.array([covers_all(e) for e in offers])
    places = [frozenset(municipalities_of(e)) for e in offers]

    def score(idea: IdeaView) -> Floats:
        if not idea.municipalities:
            return np.where(everywhere, 0.5, 0.2)
        there = np.array([bool(p & set(idea.municipalities)) for p in places])
        return np.where(there, np.where(everywhere, 0.6, 1.0), 0.0)

    return score
