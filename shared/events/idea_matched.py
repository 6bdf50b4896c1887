"""Who and what money could carry an idea, and why. Said by matching; heard by intake and notify."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.events.event import Event
from shared.kernel.ids import EntryId, IdeaId


class Reason(BaseModel):
    """A code and what fills its sentence. Ids are of entries, so that the reader's language can name them."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    code: str
    params: dict[str, str | int | float] = Field(default_factory=dict)


class Match(BaseModel):
    """One actor or scheme for this idea. `missing` are conditions to solve first: a step, never a no."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    kind: Literal["actor", "scheme"]
    entry_id: EntryId
    score: float = Field(ge=0, le=1)
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...] = ()


class IdeaMatched(Event, type="gort.matching.idea-matched.v1", stream="matching.matches", key="idea_id"):
    idea_id: IdeaId
    actors: tuple[Match, ...]  # best first, at most 10
    schemes: tuple[Match, ...]  # best first, at most 10
