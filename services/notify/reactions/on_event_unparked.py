"""A parked event was replayed or thrown away."""

from services.notify.domain.work import Work
from shared.events.event_unparked import EventUnparked


def on_event_unparked(event: EventUnparked, work: Work) -> None:
    work.desk.unparked(event.parked_key)
