"""A service has put an event aside: an operator must see it."""

from services.notify.domain.notices import ParkedElsewhere
from services.notify.domain.work import Work
from shared.events.event_parked import EventParked


def on_event_parked(event: EventParked, work: Work) -> None:
    row = ParkedElsewhere(
        event.parked_key, event.service, event.reaction, event.event_type, event.subject, event.reason, event.at
    )
    work.desk.parked(row)
