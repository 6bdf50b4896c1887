"""Find an idea by what its holder has in hand: the code, or the secret of the page."""

from services.intake.domain.idea import Idea
from services.intake.domain.work import Work
from shared.kernel.errors import NotFound
from shared.kernel.ids import IdeaId, tidy_code
from shared.kernel.keys import fingerprint


def idea_id_of(code: str, work: Work) -> IdeaId | None:
    idea = work.ideas.by_code(tidy_code(code))
    return idea.idea_id if idea else None


def by_secret(secret: str, work: Work) -> Idea:
    """Raise `NotFound`. Looks up a hash, so that a guess learns nothing from the time it takes."""
    idea = work.ideas.by_secret(fingerprint(secret))
    if idea is None:
        raise NotFound("no_such_page")
    return idea
