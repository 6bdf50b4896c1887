"""An idea as the signals see it: its words, and what is thought of it so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.events.idea_classified import Label
from shared.kernel.ids import MunicipalityCode


@dataclass(frozen=True, slots=True)
class IdeaView:
    """`text` is title and text together; `localities` are places of the pack that it names, below municipality."""

    text: str
    language: str = "und"
    place: str | None = None  # as the holder wrote it in the form
    municipality: MunicipalityCode | None = None  # chosen by the holder
    legal_form: str | None = None
    labels: tuple[Label, ...] = ()  # what we tell
    abstained_why: str | None = None
    confidences: Mapping[str, float] = field(default_factory=dict[str, float])  # of every challenge
    municipalities: tuple[MunicipalityCode, ...] = ()
    place_certain: bool = False
    localities: frozenset[str] = field(default_factory=frozenset[str])
