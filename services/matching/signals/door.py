"""Is this the door that anybody there may knock on? 1.0 the idea's own municipality, 0.0 everybody else."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import Actor, AnyEntry

signal = Signal(name="door", range=(0.0, 1.0))


def prepare(offers: Sequence[Offer], _: Sequence[AnyEntry]) -> Score:
    own = [set(e.municipalities) if isinstance(e, Actor) and e.org_type == "kommun" else set[str]() for e in offers]

    def score(idea: IdeaView) -> Floats:
        return np.array([float(bool(places & set(idea.municipalities))) for places in own])

    return score
