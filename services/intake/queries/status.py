"""How far an idea has come, without a word of what it says: for whoever has its code."""

from dataclasses import dataclass
from datetime import date, datetime

from services.intake.domain.work import Work
from shared.kernel.errors import NotFound
from shared.kernel.ids import tidy_code


@dataclass(frozen=True, slots=True)
class Status:
    """`state`: received, classified, matched, asked, accepted or withdrawn. `due`: when the one asked must answer."""

    code: str
    state: str
    told_at: datetime
    due: date | None = None


def status_of(code: str, work: Work) -> Status:
    """Raise `NotFound`."""
    idea = work.ideas.by_code(tidy_code(code))
    if idea is None:
        raise NotFound("no_such_idea")
    if idea.told is None:
        return Status(idea.code, "withdrawn", idea.told_at)
    progress = work.follow.of(idea.idea_id)
    return Status(idea.code, progress.status, idea.told_at, progress.asked.day("due") if progress.asked else None)
