"""Who and what money could carry an idea, best first, and why.

Exclusions (closed, or another place) never appear. Conditions stay in the list with what is missing, and rank lower.

Two rules stand above the fitted weights, which know too few such pairs to be trusted with them (0008). An entry with
something to solve first loses a share of its worth, and so does one that shares none of the challenges that we tell;
nor do words that are alike speak for the latter.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType

import numpy as np

from services.matching.domain.area import Inside, inside
from services.matching.domain.conditions import missing
from services.matching.domain.fitted import MOST_GAIN, Linear
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.reasons import reasons
from services.matching.domain.signal import Offer, Score
from shared.events.entry import AnyEntry, Scheme
from shared.events.idea_matched import Match
from shared.kernel.ids import EntryId

AT_MOST = 10
LOSS = (
    0.15  # of its size, which worth loses to each of the two rules: the most in steps of 0.05 that costs no honest nDCG
)


class Ranker:
    """All entries of one kind and the signals prepared for them; `known` is all that the directory knows."""

    def __init__(
        self, offers: Sequence[Offer], known: Sequence[AnyEntry], signals: Sequence[ModuleType], gain: Linear
    ) -> None:
        self.offers = offers
        self._scores: dict[str, Score] = {s.signal.name: s.prepare(offers, known) for s in signals} if offers else {}
        self._gain = gain

    def features(self, idea: IdeaView) -> Mapping[str, Floats]:
        """What each signal says of each entry, shape (n_entries,) each, and the number of `steps` to take first."""
        steps = np.array([float(len(missing(offer, idea))) for offer in self.offers])
        return {"steps": steps, **{name: score(idea) for name, score in self._scores.items()}}

    def rank(self, idea: IdeaView) -> tuple[Match, ...]:
        """The best that are open to an idea from this place, at most `AT_MOST`; ties by id."""
        worth = self._worth(idea)
        open_to_it = [i for i, offer in enumerate(self.offers) if not excluded(offer, idea)]
        best = sorted(open_to_it, key=lambda i: (-worth[i], self.offers[i].id))[:AT_MOST]
        return tuple(_match(self.offers[i], float(worth[i]), idea) for i in best)

    def _worth(self, idea: IdeaView) -> Floats:
        """The expected gain as a share of the most, less what the two rules take; shape (n_entries,)."""
        features = self.features(idea)
        told = {label.challenge for label in idea.labels}
        strange = np.array([bool(told) and not told & set(offer.challenges) for offer in self.offers])
        tied = features["steps"] > 0
        if "likeness" in features:
            unspoken = np.minimum(features["likeness"], 0.0)
            features = {**features, "likeness": np.where(strange, unspoken, features["likeness"])}
        worth = self._gain(features) / MOST_GAIN
        for lacks in (strange, tied):
            worth = worth - LOSS * np.abs(worth) * lacks
        return worth


def excluded(entry: Offer, idea: IdeaView) -> bool:
    """Closed, or for another place: never suggested."""
    closed = isinstance(entry, Scheme) and entry.status == "stangd"
    return closed or inside(entry, idea) is Inside.NO


def _match(offer: Offer, worth: float, idea: IdeaView) -> Match:
    return Match(
        kind=offer.kind,
        entry_id=EntryId(offer.id),
        score=round(min(max(worth, 0.0), 1.0), 4),
        reasons=reasons(offer, idea),
        missing=missing(offer, idea),
    )
