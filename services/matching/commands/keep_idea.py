"""Keep an idea that was told, to be assessed as soon as the directory is known."""

from dataclasses import replace

from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from shared.kernel.clock import Clock
from shared.telemetry.tracing import traceparent


def keep_idea(told: ToldIdea, work: Work, clock: Clock) -> None:
    """Does nothing for one that was withdrawn before it was heard; a place that was heard before it is kept."""
    known = work.ideas.get(told.idea_id)
    if known and (known.withdrawn or known.text is not None):
        return
    placed = told.municipality or (known.municipality if known else None)
    work.ideas.put(replace(told, municipality=placed, waits=True, trace=traceparent()), clock.now())
    work.notice()
