"""Keep and tell what was thought of an idea, if it still waits for that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from services.matching.domain.assessor import Opinion
from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.clock import Clock

Assess = Callable[[ToldIdea], Opinion]


def assess_idea(seen: ToldIdea, opinion: Opinion, work: Work, clock: Clock) -> bool:
    """Say it once. False, and nothing said, when the idea was withdrawn, moved or assessed since it was `seen`."""
    idea, now = still_waiting(seen, work), clock.now()
    if idea is None:
        return False
    told = tell(idea, opinion, work, now)
    work.ideas.put(replace(told, stumbles=0, stumbled=None, again_at=None), now)
    return True


def still_waiting(seen: ToldIdea, work: Work) -> ToldIdea | None:
    """The idea as it is now; None when it was withdrawn, moved or assessed since it was `seen`."""
    idea = work.ideas.get(seen.idea_id)
    if idea is None or not idea.waits or (idea.text, idea.municipality) != (seen.text, seen.municipality):
        return None
    return idea


def tell(idea: ToldIdea, opinion: Opinion, work: Work, now: datetime) -> ToldIdea:
    """Say what is thought of an idea; the caller keeps what comes back."""
    classified = IdeaClassified(
        idea_id=idea.idea_id,
        sequence=idea.version + 1,
        at=now,
        labels=opinion.labels,
        abstained=opinion.abstained,
        abstained_why=opinion.abstained_why,
        municipalities=opinion.municipalities,
        place_certain=opinion.place_certain,
        model=opinion.model,
    )
    matched = IdeaMatched(
        idea_id=idea.idea_id, sequence=idea.version + 2, at=now, actors=opinion.actors, schemes=opinion.schemes
    )
    work.say(classified)
    work.say(matched)
    return idea.assessed(classified, matched)
