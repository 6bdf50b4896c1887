"""An idea as matching was told it, and what it thinks of it."""

from dataclasses import dataclass, replace

from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.ids import IdeaId, LanguageTag, MunicipalityCode

UNKNOWN = LanguageTag("und")


@dataclass(frozen=True, slots=True)
class ToldIdea:
    """What is known of one idea. `version` counts what was said of it; a withdrawn one has no words left."""

    idea_id: IdeaId
    code: str = ""
    title: str | None = None
    text: str | None = None
    language: LanguageTag = UNKNOWN
    place: str | None = None
    municipality: MunicipalityCode | None = None
    legal_form: str | None = None
    channel: str = ""
    waits: bool = False  # to be assessed
    trace: str = ""  # the traceparent of what made it wait: the duty that assesses it goes on in that trace
    withdrawn: bool = False
    version: int = 0
    classified: IdeaClassified | None = None
    matched: IdeaMatched | None = None

    def located(self, municipality: MunicipalityCode) -> "ToldIdea":
        """The idea at a place that its holder confirmed; assessed anew, if it has been told already."""
        return replace(self, municipality=municipality, waits=self.text is not None)

    def forgotten(self) -> "ToldIdea":
        """As after a withdrawal: only that it was there. Telling it again later does not bring it back."""
        return ToldIdea(self.idea_id, withdrawn=True, version=self.version)

    def assessed(self, classified: IdeaClassified, matched: IdeaMatched) -> "ToldIdea":
        return replace(self, waits=False, version=matched.sequence, classified=classified, matched=matched)
