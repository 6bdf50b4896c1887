"""The holder says where the idea lives, or that our guess was right."""

from services.intake.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound, Refused
from shared.kernel.ids import IdeaId, MunicipalityCode


def locate_idea(idea_id: IdeaId, municipality: MunicipalityCode, work: Work, clock: Clock) -> None:
    """Raise `NotFound`, `Refused` when there is no such municipality, `Conflict` when the idea is withdrawn."""
    idea = work.ideas.get(idea_id)
    if idea is None:
        raise NotFound("no_such_idea")
    if f"municipality:{municipality}" not in work.entries.by_key([f"municipality:{municipality}"]):
        raise Refused("no_such_municipality", field="municipality")
    if idea.confirmed == municipality:
        return
    moved, said = idea.locate(municipality, clock.now())
    work.ideas.put(moved)
    work.say(said)
