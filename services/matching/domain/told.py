"""An idea as matching was told it, and what it thinks of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.ids import IdeaId, LanguageTag, MunicipalityCode

UNKNOWN = LanguageTag("und")
TRIES = 5  # after which an idea that cannot be assessed is left to a person
FIRST_WAIT = timedelta(seconds=30)  # then twice as long each time: given up after 7.5 minutes


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
    stumbles: int = 0  # how often it could not be assessed
    stumbled: str | None = None  # why, the last time: a code, no values
    again_at: datetime | None = None  # not to be tried before

    def located(self, municipality: MunicipalityCode) -> "ToldIdea":
        """The idea at a place that its holder confirmed; assessed anew, if it has been told already."""
        return replace(self, municipality=municipality, waits=self.text is not None, stumbles=0, again_at=None)

    def forgotten(self) -> "ToldIdea":
        """As after a withdrawal: only that it was there. Telling it again later does not bring it back."""
        return ToldIdea(self.idea_id, withdrawn=True, version=self.version)

    def stumble(self, why: str, now: datetime) -> "ToldIdea":
        """As after a try to assess it that failed. It waits for the next, or no longer: see `TRIES`."""
        tries = self.stumbles + 1
        wait = FIRST_WAIT * 2 ** min(self.stumbles, TRIES)
        return replace(self, stumbles=tries, stumbled=why, waits=tries < TRIES, again_at=now + wait)

    def recalled(self, told: IdeaClassified | IdeaMatched) -> "ToldIdea":
        """As after having told that, which a backup did not have. One without words keeps only how far it was counted."""
        counted = replace(self, version=told.sequence)
        if self.text is None:
            return counted
        return replace(counted, classified=told) if isinstance(told, IdeaClassified) else replace(counted, matched=told)

    def assessed(self, classified: IdeaClassified, matched: IdeaMatched) -> "ToldIdea":
        return replace(self, waits=False, version=matched.sequence, classified=classified, matched=matched)
