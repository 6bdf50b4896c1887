"""How many ideas wait to be matched, and how long the first of them has."""

from collections.abc import Iterable
from datetime import datetime

from services.matching.domain.work import Work
from shared.telemetry.metrics import WAITING, WAITING_AGE, Figure


def figures(work: Work, now: datetime) -> Iterable[Figure]:
    count, since = work.ideas.queue()
    yield Figure(WAITING, count)
    yield Figure(WAITING_AGE, (now - since).total_seconds() if since else 0)
