"""What a platform has done, counted in its stores: for the demo, and for whoever doubts it."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from deploy.app import SERVICES, build_platform, environment
from shared.runtime.service import Service
from shared.storage import parked
from shared.storage.tables import outbox

RECEIVED, CLASSIFIED = "gort.intake.idea-received.v1", "gort.matching.idea-classified.v1"
MATCHED, REQUESTED = "gort.matching.idea-matched.v1", "gort.notify.referral-requested.v1"
ACCEPTED = "gort.notify.referral-accepted.v1"


@dataclass(frozen=True, slots=True)
class Said:
    """One event, as the outbox of the service that said it has it."""

    type: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """All events in the order of each service, messages by state, and what is parked anywhere."""

    said: tuple[Said, ...]
    deliveries: Counter[str]
    parked: int

    def of(self, event_type: str) -> Counter[str]:
        """How often an event was said of each idea."""
        return Counter(said.key for said in self.said if said.type == event_type)

    def first(self, event_type: str) -> dict[str, datetime]:
        """When an event was first said of each idea."""
        found: dict[str, datetime] = {}
        for said in self.said:
            if said.type == event_type:
                found.setdefault(said.key, said.at)
        return found


@contextmanager
def services() -> Generator[dict[str, Service]]:
    """Every service over the stores that the settings name, nothing started; closed when the block ends."""
    built = dict(build_platform(SERVICES, environment()).services)
    try:
        yield built
    finally:
        for service in built.values():
            service.store.database.close()


def tally(built: dict[str, Service]) -> Tally:
    """Count now. Raise what the database raises while it is being made."""
    said: list[Said] = []
    waiting = 0
    for service in built.values():
        with service.store.database.reading() as connection:
            for row in connection.execute(select(outbox.c.type, outbox.c.key, outbox.c.at).order_by(outbox.c.position)):
                said.append(Said(row.type, row.key, datetime.fromisoformat(row.at)))
            waiting += parked.count(connection)
    with built["notify"].store.reading() as work:
        deliveries = Counter(dict(work.deliveries.count()))
    return Tally(tuple(said), deliveries, waiting)
