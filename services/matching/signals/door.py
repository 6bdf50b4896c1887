"""Is this a first door that anybody may knock on? 1.0 a municipality, 0.4 an adviser for all who start together, 0.0 else."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import Actor

signal = Signal(name="door", range=(0.0, 1.0))
OPEN = {"kommun": 1.0, "kooperativ-radgivare": 0.4}


def prepare(entries: Sequence[Offer]) -> Score:
    openness = np.array([OPEN.get(e.org_type, 0.0) if isinstance(e, Actor) else 0.0 for e in entries])

    def score(_: IdeaView) -> Floats:
        return openness

    return score
