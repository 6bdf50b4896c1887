"""An idea could not be assessed: try it again later, and in the end leave it to a person."""

from services.matching.commands.assess_idea import still_waiting, tell
from services.matching.domain.assessor import Opinion
from services.matching.domain.told import TRIES, ToldIdea
from services.matching.domain.work import Work
from shared.kernel.clock import Clock


def set_aside(seen: ToldIdea, why: str, work: Work, clock: Clock) -> bool:
    """Was it given up now? That is told, once, as an abstention without matches: so it comes to the operators' list.

    `why` is a code without values. Nothing happens when the idea was withdrawn, moved or assessed since it was `seen`.
    """
    idea, now = still_waiting(seen, work), clock.now()
    if idea is None:
        return False
    given_up = idea.stumbles + 1 == TRIES
    later = idea.stumble(why, now)
    work.ideas.put(tell(later, _nothing(later), work, now) if given_up else later, now)
    return given_up


def _nothing(idea: ToldIdea) -> Opinion:
    """What is known of an idea that nobody could assess: what its holder chose."""
    chosen = (idea.municipality,) if idea.municipality else ()
    return Opinion(
        labels=(),
        abstained_why="unsure",
        municipalities=chosen,
        place_certain=bool(chosen),
        model="none",
        actors=(),
        schemes=(),
    )
