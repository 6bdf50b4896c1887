"""Challenges: keywords that add up, topics under their challenge, goals and targets that agree."""

from collections.abc import Iterator

from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import ChallengeRow
from shared.kernel.defects import Defect


def challenges(pack: Pack) -> Iterator[Defect]:
    for challenge in pack.challenges.challenges:
        yield from (Defect("challenges", challenge.id, *found) for found in _wrong(challenge))


def _wrong(challenge: ChallengeRow) -> Iterator[tuple[str, str, str]]:
    words = {*challenge.general_keywords, *(word for topic in challenge.topics for word in topic.keywords)}
    if words != set(challenge.keywords):
        odd = sorted(words ^ set(challenge.keywords))
        yield "keywords", "keywords", f"not the sum of general_keywords and the topics': {', '.join(odd)}"
    for topic in challenge.topics:
        if not topic.id.startswith(f"{challenge.id}."):
            yield "topics", "topic_id", f"does not begin with the challenge's id: {topic.id}"
    goals, hit = set(challenge.sdg_goals), {target.split(".")[0] for target in challenge.sdg_targets}
    for goal in hit - {str(goal) for goal in goals}:
        yield "sdg_targets", "goals_and_targets", f"a target of a goal that is not in sdg_goals: {goal}"
    if {goal for goal in goals if str(goal) not in hit} != set(challenge.sdg_goals_without_target):
        yield "sdg_goals_without_target", "goals_and_targets", "not the goals that have no target"
