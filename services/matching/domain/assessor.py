"""All that matching knows of a directory, ready to judge ideas by. Built from entries; can be thrown away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from services.matching.domain.classifier import MODEL, Classifier
from services.matching.domain.gazetteer import Gazetteer
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.ranker import Ranker
from shared.events.entry import Actor, AnyEntry, Challenge, Scheme
from shared.events.idea_classified import Label
from shared.events.idea_matched import Match
from shared.kernel.ids import MunicipalityCode


@dataclass(frozen=True, slots=True)
class Opinion:
    """What matching thinks of one idea: the parts of `IdeaClassified` and `IdeaMatched`, as those say them."""

    labels: tuple[Label, ...]
    abstained_why: str | None
    municipalities: tuple[MunicipalityCode, ...]
    place_certain: bool
    model: str
    actors: tuple[Match, ...]
    schemes: tuple[Match, ...]

    @property
    def abstained(self) -> bool:
        return self.abstained_why is not None


class Assessor:
    """Needs at least one challenge; building takes under a second for some 350 entries."""

    def __init__(self, entries: Iterable[AnyEntry], signals: Sequence[ModuleType]) -> None:
        known = sorted(entries, key=lambda e: (e.kind, e.id))
        self._classifier = Classifier([e for e in known if isinstance(e, Challenge)])
        self._gazetteer = Gazetteer(known)
        self._actors = Ranker("actor", [e for e in known if isinstance(e, Actor)], signals)
        self._schemes = Ranker("scheme", [e for e in known if isinstance(e, Scheme)], signals)

    def assess(self, idea: IdeaView) -> Opinion:
        """Classify, place and rank one idea, given as it was told."""
        labels, why = self._classifier.classify(idea.text)
        sure = self._classifier.confidences(idea.text)
        place = self._gazetteer.find(idea.text, idea.place, idea.municipality)
        seen = replace(
            idea,
            labels=labels,
            confidences={c: float(s) for c, s in zip(self._classifier.ids, sure, strict=True)},
            municipalities=place.municipalities,
            localities=place.localities,
        )
        return Opinion(
            labels,
            why,
            place.municipalities,
            place.certain,
            MODEL,
            self._actors.rank(seen),
            self._schemes.rank(seen),
        )
