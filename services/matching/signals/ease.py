"""How near is it to people with an idea and no organisation? For schemes the mean of early stage (which counts twice), a
grant, applied for directly, and how little of their own to put in; for actors whether they take up the earliest ideas."""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import Actor, AnyEntry

signal = Signal(name="ease", range=(0.0, 1.0))


def prepare(offers: Sequence[Offer], _: Sequence[AnyEntry]) -> Score:
    near = np.array([_near(offer) for offer in offers])

    def score(_: IdeaView) -> Floats:
        return near

    return score


def _near(offer: Offer) -> float:
    early = float("ide" in offer.idea_stages)
    if isinstance(offer, Actor):
        return early
    own = 1 - min(offer.own_share_pct or 0, 100) / 100
    return (2 * early + (offer.form == "bidrag") + (offer.route == "direkt") + own) / 5
