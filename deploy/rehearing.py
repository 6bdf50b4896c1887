"""What a restored platform takes from Kafka: all that it heard, once more, and what each service said after the backup."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping

from aiokafka.errors import KafkaError
from pydantic import ValidationError

from deploy.errors import CommandFailed
from deploy.topics import replay, rewind
from shared.events.event import Event
from shared.messaging.record import NotAnEvent, Record, open_envelope
from shared.runtime.service import Service


def rewind_groups(address: str, prefix: str, services: Mapping[str, Service]) -> None:
    """Let every group hear its topics from the beginning of what is kept. Raise `CommandFailed` while one is running."""
    pairs = [(name, h.event.stream) for name, service in services.items() for h in service.hears]
    try:
        asyncio.run(rewind(address, prefix, sorted(set(pairs))))
    except (KafkaError, OSError) as error:
        raise CommandFailed(
            f"Kafka did not rewind ({type(error).__name__}). Stop every service, wait ten seconds, and try again."
        ) from error


def recall(address: str, prefix: str, services: Mapping[str, Service]) -> Counter[str]:
    """Let each service take back what it said after the backup was made; how many events of each type were news to it.

    Doing it twice does no harm. Raise `CommandFailed` when Kafka cannot be read to the end.
    """
    news: Counter[str] = Counter()
    try:
        for service in services.values():
            for stream in sorted({event.stream for event in service.recalls}):
                asyncio.run(replay(address, prefix, stream, taking(service, news)))
    except (KafkaError, OSError) as error:
        raise CommandFailed(
            f"Kafka could not be read ({type(error).__name__}): what was said after the backup is not taken back yet."
            "\nMend Kafka, then `gort recall`, before you start any service. The databases need not be restored again."
        ) from error
    return news


def taking(service: Service, news: Counter[str]) -> Callable[[list[Record]], None]:
    """How a service takes back what it said, from records of its streams in order; counts in `news` what was that."""
    kinds = {event.type: event for event in service.recalls}

    def take(records: list[Record]) -> None:
        with service.store.writing() as work:
            for event in filter(None, (_event(record, kinds) for record in records)):
                news[event.type] += service.recalls[type(event)](event, work)

    return take


def _event(record: Record, kinds: Mapping[str, type[Event]]) -> Event | None:
    """None for what is of no such kind, cannot be read, or has lost its words."""
    try:
        envelope = open_envelope(record)
        kind = kinds.get(envelope.type)
        return kind.read(record.body, key=envelope.key, sequence=envelope.sequence, at=envelope.at) if kind else None
    except (NotAnEvent, ValidationError, TypeError):
        return None
