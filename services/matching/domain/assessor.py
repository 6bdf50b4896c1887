"""All that matching knows of a directory, ready to judge ideas by. Built from entries; can be thrown away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from services.matching.domain.classifier import MODEL, Classifier
from services.matching.domain.fitted import FITTED, Fitted
from services.matching.domain.gazetteer import Gazetteer
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.ranker import Ranker
from shared.events.entry import Actor, AnyEntry, Challenge, Example, Scheme
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
    """Needs at least one challenge; building takes under a second for some 350 entries. Their order changes nothing."""

    def __init__(self, entries: Iterable[AnyEntry], signals: Sequence[ModuleType], fitted: Fitted = FITTED) -> None:
        known = sorted(entries, key=lambda e: (e.kind, e.id))
        challenges = [e for e in known if isinstance(e, Challenge)]
        self.classifier = Classifier(challenges, _texts(known), fitted.labels)
        self.gazetteer = Gazetteer(known)
        self.actors = Ranker([e for e in known if isinstance(e, Actor)], known, signals, fitted.actors)
        self.schemes = Ranker([e for e in known if isinstance(e, Scheme)], known, signals, fitted.schemes)

    def look(self, idea: IdeaView) -> IdeaView:
        """The idea with what we think that it is about and where it lives, as signals see it."""
        about = self.classifier.classify(idea.text)
        place = self.gazetteer.find(idea.text, idea.place, idea.municipality)
        return replace(
            idea,
            labels=about.labels,
            abstained_why=about.why,
            confidences=about.sure,
            municipalities=place.municipalities,
            place_certain=place.certain,
            localities=place.localities,
        )

    def assess(self, idea: IdeaView) -> Opinion:
        """Classify, place and rank one idea, given as it was told."""
        seen = self.look(idea)
        return Opinion(
            labels=seen.labels,
            abstained_why=seen.abstained_why,
            municipalities=seen.municipalities,
            place_certain=seen.place_certain,
            model=MODEL,
            actors=self.actors.rank(seen),
            schemes=self.schemes.rank(seen),
        )


def _texts(known: Iterable[AnyEntry]) -> list[str]:
    """What the directory says of itself, in all its languages: tells the classifier which words are common there."""
    offers = [f"{e.name} {e.description} {e.description_en}" for e in known if isinstance(e, Actor | Scheme)]
    examples = [
        f"{e.problem} {e.how_it_works} {e.problem_en} {e.how_it_works_en}" for e in known if isinstance(e, Example)
    ]
    return offers + examples
