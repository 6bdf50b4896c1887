"""Whom would the editors ask? Of the good examples that share the idea's challenges, the share they suggest the entry for.

Each example weighs by the squares of our confidences in its challenges, so that the main ones decide.
"""

from collections.abc import Sequence

import numpy as np

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from services.matching.domain.signal import Offer, Score, Signal
from shared.events.entry import AnyEntry, Example

signal = Signal(name="precedent", range=(0.0, 1.0))


def prepare(offers: Sequence[Offer], known: Sequence[AnyEntry]) -> Score:
    examples = [e for e in known if isinstance(e, Example)]
    suggested = [
        {("actor", i) for i in e.local_actor_ids} | {("scheme", i) for i in e.local_funding_ids} for e in examples
    ]
    here = np.array([[float((o.kind, o.id) in names) for names in suggested] for o in offers])
    here = here.reshape(len(offers), len(examples))  # also where there are none

    def score(idea: IdeaView) -> Floats:
        alike = np.array([sum(idea.confidences.get(c, 0.0) ** 2 for c in e.challenges) for e in examples])
        return here @ (alike / alike.sum()) if alike.any() else np.zeros(len(offers))

    return score
