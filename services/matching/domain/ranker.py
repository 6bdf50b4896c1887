"""Who and what money could carry an idea, best first, and why.

Exclusions (closed, or another place) never appear. Conditions stay in the list with what is missing, and rank lower.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType

import numpy as np

from services.matching.domain.area import Inside, inside
from services.matching.domain.conditions import missing
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.reasons import reasons
from services.matching.domain.signal import Offer, Score
from shared.events.entry import Actor, Scheme
from shared.events.idea_matched import Match
from shared.kernel.ids import EntryId

# Ridge regression of the gain 2^grade - 1 on the signals, over all development ideas (`python -m tests.eval --fit`).
# Six numbers a kind; `tests/eval` prints what they give on ideas that they were not fitted on.
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "actor": {"likeness": 0.25, "challenge": 1.4, "place": 2.1, "door": 2.9, "ease": 0.1},
    "scheme": {"likeness": 0.09, "challenge": 0.8, "place": 0.65, "door": 0.0, "ease": 0.6},
}
INTERCEPT = {"actor": -1.2, "scheme": -0.5}
MOST_GAIN = 7.0  # 2^3 - 1: a score is the expected gain as a share of this
A_STEP = 0.02  # of a score, for each thing to solve first: equal but for that, the freer one stands above
AT_MOST = 10


class Ranker:
    """All entries of one kind and the signals prepared for them."""

    def __init__(self, kind: str, entries: Sequence[Offer], signals: Sequence[ModuleType]) -> None:
        self.kind, self.entries = kind, list(entries)
        self._scores: dict[str, Score] = {s.signal.name: s.prepare(self.entries) for s in signals} if entries else {}

    def scores(self, idea: IdeaView) -> Floats:
        """The worth of each entry for an idea, shape (n_entries,), in [0, 1], before conditions."""
        total = np.full(len(self.entries), INTERCEPT[self.kind])
        for name, score in self._scores.items():
            total += WEIGHTS[self.kind].get(name, 0.0) * score(idea)
        return np.clip(total / MOST_GAIN, 0.0, 1.0)

    def rank(self, idea: IdeaView) -> tuple[Match, ...]:
        """The best that are open to an idea from this place, at most `AT_MOST`; ties by id."""
        found: list[Match] = []
        for entry, worth in zip(self.entries, self.scores(idea), strict=True):
            if excluded(entry, idea):
                continue
            steps = missing(entry, idea)
            score = max(0.0, float(worth) - A_STEP * len(steps))
            kind = "actor" if isinstance(entry, Actor) else "scheme"
            why = reasons(entry, idea)
            match = Match(kind=kind, entry_id=EntryId(entry.id), score=round(score, 4), reasons=why, missing=steps)
            found.append(match)
        return tuple(sorted(found, key=lambda m: (-m.score, m.entry_id))[:AT_MOST])


def excluded(entry: Offer, idea: IdeaView) -> bool:
    """Closed, or for another place: never suggested."""
    closed = isinstance(entry, Scheme) and entry.status == "stangd"
    return closed or inside(entry, idea) is Inside.NO
