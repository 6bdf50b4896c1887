"""The holder lets partners read the idea, after having told it without."""

from services.intake.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.kernel.ids import IdeaId


def share_idea(idea_id: IdeaId, work: Work, clock: Clock) -> None:
    """A second tap says nothing more. Raise `NotFound`, `Conflict` when the idea is withdrawn."""
    idea = work.ideas.get(idea_id)
    if idea is None:
        raise NotFound("no_such_idea")
    if idea.told and idea.told.may_share:
        return
    shared, said = idea.share(clock.now())
    work.ideas.put(shared)
    work.say(said)
