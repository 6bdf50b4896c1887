"""A service could not digest an event and put it aside. Said by every service; heard by notify, for the operators."""

from shared.events.event import Event


class EventParked(Event, type="gort.platform.event-parked.v1", stream="platform.parked", key="parked_key"):
    parked_key: str  # "<service>:<id of the parked row>:<when it was parked>"; in the first release without the time
    service: str
    reaction: str
    event_type: str
    subject: str  # the key of the parked event, such as the idea's id
    reason: str  # code of the cause; no personal data
