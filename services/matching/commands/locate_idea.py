"""The holder said where the idea lives: look again for who works there."""

from dataclasses import replace

from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.ids import IdeaId, MunicipalityCode
from shared.telemetry.tracing import traceparent


def locate_idea(idea_id: IdeaId, municipality: MunicipalityCode, work: Work, clock: Clock) -> None:
    idea = work.ideas.get(idea_id) or ToldIdea(idea_id)
    if not idea.withdrawn:
        work.ideas.put(replace(idea.located(municipality), trace=traceparent()), clock.now())
        work.notice()
