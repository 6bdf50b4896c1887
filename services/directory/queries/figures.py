"""How many entries there are, how many are checked, and how old the oldest review is."""

from collections.abc import Iterable
from datetime import date

from services.directory.domain.work import Work
from shared.events.entry import Sourced
from shared.telemetry.metrics import ENTRIES, REVIEWED, UNVERIFIED, Figure

DAY = 86_400  # s


def figures(work: Work, today: date) -> Iterable[Figure]:
    for kind, count in work.entries.count().items():
        yield Figure(ENTRIES, count, (kind,))
        sourced = [entry for entry in work.entries.of_kind(kind) if isinstance(entry, Sourced)]
        if sourced:
            oldest = min(entry.reviewed for entry in sourced)
            yield Figure(UNVERIFIED, sum(not entry.verified for entry in sourced), (kind,))
            yield Figure(REVIEWED, (today - oldest).days * DAY, (kind,))
