"""Who and what money could carry an idea, best first, and why.

Exclusions (closed, or another place) never appear. Conditions stay in the list with what is missing, and rank lower.
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
        worth = self._gain(self.features(idea)) / MOST_GAIN
        open_to_it = [i for i, offer in enumerate(self.offers) if not excluded(offer, idea)]
        best = sorted(open_to_it, key=lambda i: (-worth[i], self.offers[i].id))[:AT_MOST]
        return tuple(_match(self.offers[i], float(worth[i]), idea) for i in best)


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
