"""A parked event was replayed or thrown away. Said by every service; heard by notify, for the operators."""

from shared.events.event import Event


class EventUnparked(Event, type="gort.platform.event-unparked.v1", stream="platform.parked", key="parked_key"):
    parked_key: str  # "<service>:<id of the parked row>"
    outcome: str  # "replayed" or "discarded"
