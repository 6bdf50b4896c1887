"""What a restored platform takes from Kafka: all that it heard, once more, and what each service said after the backup."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiokafka.errors import KafkaError
from pydantic import ValidationError

from deploy.errors import CommandFailed
from deploy.topics import Topics, replay, rewind
from shared.events.event import Event
from shared.events.streams import STREAMS
from shared.messaging.record import Envelope, NotAnEvent, Record, open_envelope
from shared.messaging.relay import RELAY
from shared.runtime.service import Service
from shared.storage import outbox, places


@dataclass
class Recalled:
    """What was found in Kafka of what the services had told."""

    news: Counter[str] = field(default_factory=Counter[str])  # how many events of each type were taken back
    lost: list[str] = field(
        default_factory=list[str]
    )  # services of whose events a topic has none, though they told some


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
            for stream in sorted({event.stream for event in service.says}):
                asyncio.run(replay(address, prefix, stream, taking(service, found.news, seen)))
            if _told(service, datetime.now(UTC)) - seen:
                found.lost.append(name)
    except (KafkaError, OSError) as error:
        raise CommandFailed(
            f"Kafka could not be read ({type(error).__name__}): what was said after the backup is not taken back yet."
            "\nMend Kafka, then `gort recall`, before you start any service. The databases need not be restored again."
        ) from error
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
