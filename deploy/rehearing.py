"""What a restored platform takes from Kafka: all that it heard, once more, and what each service said after the backup."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiokafka.errors import KafkaError
from pydantic import ValidationError

from deploy.errors import CommandFailed
from deploy.topics import Topics, replay, rewind
from shared.events.event import Event
from shared.events.event_parked import EventParked
from shared.events.event_unparked import EventUnparked
from shared.events.streams import STREAMS
from shared.messaging.parking import known_as
from shared.messaging.record import Envelope, NotAnEvent, Record, open_envelope
from shared.messaging.relay import RELAY
from shared.runtime.service import Service
from shared.storage import outbox, parked, places
from shared.storage.unit_of_work import unit_of_work


@dataclass
class Recalled:
    """What was found in Kafka of what the services had told.

    `news`: how many events of each type were taken back. `lost`: services of whose events a
    topic has none, though they told some.
    """

    news: Counter[str] = field(default_factory=Counter[str])
    lost: list[str] = field(default_factory=list[str])


def rewind_groups(address: str, prefix: str, services: Mapping[str, Service]) -> None:
    """Let every group hear its topics from the beginning of what is kept.

    Raise `CommandFailed` when topics are missing, and while a group is running.
    """
    pairs = [(name, h.event.stream) for name, service in services.items() for h in service.hears]
    try:
        _require_topics(address, prefix)
        asyncio.run(rewind(address, prefix, sorted(set(pairs))))
    except (KafkaError, OSError) as error:
        raise CommandFailed(
            f"Kafka did not rewind ({type(error).__name__}). Stop every service, wait ten seconds, and try again."
        ) from error


def _require_topics(address: str, prefix: str) -> None:
    found = asyncio.run(Topics(address, prefix).differences())
    if missing := [difference.topic for difference in found if difference.is_now is None]:
        raise CommandFailed(f"Kafka has no {', '.join(missing)}. `gort topics --make` makes them; then the same again.")


def recall(address: str, prefix: str, services: Mapping[str, Service]) -> Recalled:
    """Let each service take back what it said after the backup was made.

    Doing it twice does no harm. Raise `CommandFailed` when topics are missing, or Kafka cannot be read to the end.
    """
    found = Recalled()
    try:
        _require_topics(address, prefix)
        for name, service in services.items():
            seen: set[str] = set()
            for stream in dict.fromkeys(event.stream for event in service.says):  # in that order: an idea, then whose
                asyncio.run(replay(address, prefix, stream, taking(service, found.news, seen)))
            if _told(service, datetime.now(UTC)) - seen:
                found.lost.append(name)
        listed: set[str] = set()
        asyncio.run(replay(address, prefix, EventParked.stream, listing(listed)))
    except (KafkaError, OSError) as error:
        raise CommandFailed(
            f"Kafka could not be read ({type(error).__name__}): what was said after the backup is not taken back yet."
            "\nMend Kafka, then `gort recall`, before you start any service. The databases need not be restored again."
        ) from error
    for name, service in services.items():
        unlist(name, service, listed, datetime.now(UTC))
    return found


def taking(service: Service, news: Counter[str], seen: set[str]) -> Callable[[list[Record]], None]:
    """How a service takes back what it said, from records of its streams in order.

    Counts in `news` what was that, and adds to `seen` the streams that have any event of the service.
    """
    kinds = {event.type: event for event in service.says}

    def take(records: list[Record]) -> None:
        envelopes = [envelope for envelope in map(_envelope, records) if envelope and envelope.type in kinds]
        seen.update(envelope.record.stream for envelope in envelopes)
        with service.store.writing() as work:
            for event in filter(None, (_event(envelope, kinds[envelope.type]) for envelope in envelopes)):
                if again := service.recalls.get(type(event)):
                    news[event.type] += again(event, work)

    return take


def listing(listed: set[str]) -> Callable[[list[Record]], None]:
    """How to find, in records in order, the keys of the parked events that operators are shown."""

    def take(records: list[Record]) -> None:
        for envelope in filter(None, map(_envelope, records)):
            if envelope.type == EventParked.type:
                listed.add(envelope.key)
            elif envelope.type == EventUnparked.type:
                listed.discard(envelope.key)

    return take


def unlist(name: str, service: Service, listed: AbstractSet[str], now: datetime) -> None:
    """Tell operators of the events that the lost database had parked, and this one has not: they are heard again instead."""
    with unit_of_work(service.store.database) as work:
        rows = parked.everything(work.connection)
        here = {known_as(name, row) for row in rows}
        here |= {f"{name}:{row.id}" for row in rows}  # as an earlier release called them
        for key in sorted(key for key in listed - here if key.startswith(f"{name}:")):
            work.say(EventUnparked(sequence=1, at=now, parked_key=key, outcome="lost"))


def _told(service: Service, now: datetime) -> set[str]:
    """Streams of which the Kafka that was told still has something, by the outbox and the relay's place."""
    found: set[str] = set()
    with service.store.database.reading() as connection:
        told = places.place(connection, RELAY)
        for stream in {event.stream for event in service.says}:
            newest, kept_since = outbox.newest(connection, stream, told), now - timedelta(days=STREAMS[stream].days)
            if newest and (STREAMS[stream].compacted or newest > outbox.stamp(kept_since)):
                found.add(stream)
    return found


def _envelope(record: Record) -> Envelope | None:
    try:
        return open_envelope(record)
    except NotAnEvent:
        return None


def _event(envelope: Envelope, kind: type[Event]) -> Event | None:
    """None for what cannot be read, or has lost its words."""
    try:
        return kind.read(envelope.record.body, key=envelope.key, sequence=envelope.sequence, at=envelope.at)
    except (ValidationError, TypeError):
        return None
