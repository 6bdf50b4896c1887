"""How many ideas came, which way, about what and from where, and how long they had to wait for people."""

from collections.abc import Iterable
from datetime import datetime

from services.intake.domain.work import Work
from shared.telemetry.metrics import (
    CHALLENGES,
    IDEAS,
    IDEAS_WITHDRAWN,
    MUNICIPALITIES,
    PATIENT,
    TO_ANSWER,
    TO_MATCH,
    WAITING,
    WAITING_AGE,
    Figure,
)


def figures(work: Work, now: datetime) -> Iterable[Figure]:
    for metric, column in ((IDEAS, "channel"), (CHALLENGES, "challenge"), (MUNICIPALITIES, "municipality")):
        for value, count in work.facts.count(column).items():
            yield Figure(metric, count, (value,))
    count, since = work.facts.unmatched()
    yield Figure(WAITING, count)
    yield Figure(WAITING_AGE, (now - since).total_seconds() if since else 0)
    yield Figure(IDEAS_WITHDRAWN, work.facts.gone())
    for metric, column in ((TO_MATCH, "to_match"), (TO_ANSWER, "to_answer")):
        total, below = work.facts.spread(column, PATIENT)
        yield Figure(metric, total, below=below)
