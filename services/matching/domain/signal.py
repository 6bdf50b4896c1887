"""What a signal is: what each file in `signals/` holds, as `signal` and `prepare`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.likeness import Floats
from shared.events.entry import Actor, AnyEntry, Scheme

Offer = Actor | Scheme
Score = Callable[[IdeaView], Floats]
Prepare = Callable[[Sequence[Offer], Sequence[AnyEntry]], Score]


@dataclass(frozen=True, slots=True)
class Signal:
    """`range` holds the least and the most that a score can be."""

    name: str
    range: tuple[float, float]
