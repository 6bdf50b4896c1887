"""We think we know what an idea is about, and where. Said by matching; heard by intake and notify."""

from pydantic import BaseModel, ConfigDict, Field

from shared.events.event import Event
from shared.kernel.ids import ChallengeId, IdeaId, MunicipalityCode


class Label(BaseModel):
    """A challenge that the idea is about. `confidence` is calibrated: of labels at 0.7, seven in ten are right."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    challenge: ChallengeId
    confidence: float = Field(ge=0, le=1)


class IdeaClassified(Event, type="gort.matching.idea-classified.v1", stream="matching.matches", key="idea_id"):
    idea_id: IdeaId
    labels: tuple[Label, ...]  # most confident first
    abstained: bool  # unsure: a person must look before anything is offered
    abstained_why: str | None  # code: "unsure", "too_short", "not_an_idea", "acute", "unreadable"; None = sure
    municipalities: tuple[MunicipalityCode, ...]  # where we think it lives, likeliest first
    place_certain: bool  # one municipality, chosen by the holder or named without doubt
    model: str  # which classifier, for audit
