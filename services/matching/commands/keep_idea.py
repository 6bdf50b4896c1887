"""Keep an idea that was told, to be assessed as soon as the directory is known."""

from dataclasses import replace

from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from shared.kernel.clock import Clock
from shared.telemetry.tracing import traceparent


def keep_idea(told: ToldIdea, work: Work, clock: Clock) -> None:
    """Does nothing for one that was withdrawn before it was heard. What was known before it is kept: its place, and after a
    restore how far it was counted.
    """
    known = work.ideas.get(told.idea_id) or ToldIdea(told.idea_id)
    if known.withdrawn or known.text is not None:
        return
    placed = replace(told, municipality=told.municipality or known.municipality, version=known.version)
    work.ideas.put(replace(placed, waits=True, trace=traceparent()), clock.now())
    work.notice()
