"""The holder takes the idea back: its words and who told it are removed everywhere."""

from services.intake.domain.work import Work
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.kernel.ids import IdeaId


def withdraw_idea(idea_id: IdeaId, work: Work, clock: Clock) -> bool:
    """False when it was withdrawn before: a second tap is no error. Raise `NotFound`."""
    idea = work.ideas.get(idea_id)
    if idea is None:
        raise NotFound("no_such_idea")
    if idea.told is None:
        return False
    gone, withdrawn, erased = idea.withdraw(clock.now())
    work.ideas.put(gone)
    work.follow.forget(idea_id)
    work.forget(idea_id)
    work.say(withdrawn)
    work.say(erased)
    return True


def withdraw_again(event: IdeaWithdrawn, work: Work, clock: Clock) -> bool:
    """Restored from a backup that is older than a withdrawal: it holds. False when it is known, or the idea is not."""
    return work.ideas.get(event.idea_id) is not None and withdraw_idea(event.idea_id, work, clock)
