"""How near is this money to people with an idea and no organisation? Mean of four: early stage, a grant, applied for
directly, little of their own to put in. For actors: whether they take up ideas at the earliest stage."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import Actor

signal = Signal(name="ease", range=(0.0, 1.0))


def prepare(entries: Sequence[Offer]) -> Score:
    near = np.array([_near(e) for e in entries])

    def score(_: IdeaView) -> Floats:
        return near

    return score


def _near(entry: Offer) -> float:
    early = float("ide" in entry.idea_stages)
    if isinstance(entry, Actor):
        return early
    own = 1 - min(entry.own_share_pct or 0, 100) / 100
    return (2 * early + (entry.form == "bidrag") + (entry.route == "direkt") + own) / 5
