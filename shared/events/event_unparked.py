"""A parked event was replayed, thrown away or lost in a restore. Said by every service; heard by notify, for the operators."""

from shared.events.event import Event


class EventUnparked(Event, type="gort.platform.event-unparked.v1", stream="platform.parked", key="parked_key"):
    parked_key: str  # "<service>:<id of the parked row>:<when it was parked>"; in the first release without the time
    outcome: str  # "replayed", "discarded" or "lost"
