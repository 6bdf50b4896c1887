"""The topics of Kafka, from the catalogue of streams. Makes what is missing, says what differs, takes nothing away."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.errors import CommandFailed
from shared.events.streams import STREAMS, Stream
from shared.messaging.kafka.reading import Reader
from shared.messaging.record import Record

DAY, HOUR = 86_400_000, 3_600_000  # ms
HALF_A_DAY = 12 * HOUR  # so much longer than a stream's days a record may stay: a file goes when its last record may
LARGEST = "4194304"  # bytes a record

# A segment is closed after an hour, and cleaned at the latest two hours after that: an erased address is unreadable within
# three hours of its tombstone, since every partition gets a tick each hour (`shared/messaging/kafka/transport.py`).
COMPACTED = {
    "cleanup.policy": "compact",
    "segment.ms": str(HOUR),
    "min.cleanable.dirty.ratio": "0.01",
    "max.compaction.lag.ms": str(HOUR),
}


def wanted(stream: Stream, copies: int) -> dict[str, str]:
    """The configuration of a stream's topic, as Kafka writes it.

    Of three copies and more, two must have a record before it is acknowledged. Of fewer, that would stop all writing as soon
    as one broker is away; of one, at once.
    """
    kept = str(stream.days * DAY)
    common = {"max.message.bytes": LARGEST} | ({"min.insync.replicas": "2"} if copies > 2 else {})
    if stream.compacted:
        return {**COMPACTED, "delete.retention.ms": kept, **common}
    return {"cleanup.policy": "delete", "retention.ms": kept, "segment.ms": str(HALF_A_DAY), **common}


SET_FOR_TOPIC = 1  # Kafka's name for the source of a value: DYNAMIC_TOPIC_CONFIG
# more of these than we ask for is nobody's loss
AT_LEAST = {"delete.retention.ms", "max.message.bytes", "min.insync.replicas"}
RETENTION = "retention.ms"  # more is longer than people are promised; to shorten it deletes, so that only a person does
SETTLES = 20.0  # s
IN_OTHER_WAYS = ("topic", "partitions", "copies")  # what may differ and is no configuration
NO_ERROR, IS_THERE = 0, 36  # Kafka's codes; somebody else may make the same topics at the same time
SILENCE = 30.0  # s without a record where there should be more


def enough(key: str, now: str | None, value: str) -> bool:
    """Is a topic's value as wanted, or better?"""
    if key in AT_LEAST and now is not None:
        return int(now) == -1 or int(now) >= int(value)
    return now == value


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about a topic that is not as the catalogue says; `is_now` None: there is no such topic."""

    topic: str
    what: str
    is_now: str | None
    should_be: str

    @property
    def too_long(self) -> bool:
        """Is it kept for longer than it should be?"""
        return self.what == RETENTION and (self.is_now == "-1" or int(self.is_now or 0) > int(self.should_be))

    @property
    def can_be_set(self) -> bool:
        """Without anything being taken away."""
        return self.what not in IN_OTHER_WAYS and not self.too_long


class Topics:
    """The topics under a prefix, on the broker at `address`. `copies` is how many brokers at least keep each record.

    `more` is laid over the configuration of every topic.
    """

    def __init__(self, address: str, prefix: str = "", copies: int = 1, more: Mapping[str, str] | None = None) -> None:
        self._address, self._prefix, self._copies = address, prefix, copies
        self._more = dict(more or {})

    async def differences(self) -> list[Difference]:
        """What `make` would do, and what only a person can: another number of partitions, or of copies."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self._address)
        await admin.start()
        try:
            there = {t["topic"]: t for t in await admin.describe_topics() if t["topic"].startswith(self._prefix)}
            found: list[Difference] = []
            for stream in STREAMS.values():
                topic = self._prefix + stream.name
                if topic not in there:
                    found.append(Difference(topic, "topic", None, f"{stream.partitions} partitions"))
                    continue
                partitions = there[topic]["partitions"]
                if len(partitions) != stream.partitions:
                    found.append(Difference(topic, "partitions", str(len(partitions)), str(stream.partitions)))
                copies = min(len(partition["replicas"]) for partition in partitions)
                if copies < self._copies:
                    found.append(Difference(topic, "copies", str(copies), str(self._copies)))
                now, _ = await self._configuration(admin, topic)
                for key, value in (wanted(stream, copies) | self._more).items():
                    if not enough(key, now.get(key), value):
                        found.append(Difference(topic, key, str(now.get(key)), value))
            return found
        finally:
            await admin.close()

    async def _configuration(self, admin: AIOKafkaAdminClient, topic: str) -> tuple[dict[str, str], dict[str, str]]:
        """All that holds for a topic, and what of it was set for this topic."""
        answers: Any = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
        (answer,) = answers
        entries = answer.resources[0][4]
        return {e[0]: e[1] for e in entries}, {e[0]: e[1] for e in entries if e[3] == SET_FOR_TOPIC}

    async def make(self) -> list[Difference]:
        """Make missing topics and set what differs. Returns what is left: numbers of partitions and copies never change by
        themselves. Raise `CommandFailed` with Kafka's own words when it makes no topic.
        """
        found = await self.differences()
        missing = {d.topic for d in found if d.is_now is None}
        admin = AIOKafkaAdminClient(bootstrap_servers=self._address)
        await admin.start()
        try:
            new = [s for s in STREAMS.values() if self._prefix + s.name in missing]
            if new:
                _made(await admin.create_topics([self._topic(stream) for stream in new], timeout_ms=30_000))
            for topic in {d.topic: None for d in found}:
                if better := {d.what: d.should_be for d in found if d.topic == topic and d.can_be_set}:
                    _, own = await self._configuration(admin, topic)  # altering replaces all: what others set stays
                    values = own | better
                    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs=values)])
        finally:
            await admin.close()
        until = time.monotonic() + SETTLES
        while True:  # a topic that was just made is not told of at once
            left = await self.differences()
            if time.monotonic() > until or all(d.is_now for d in left):
                return left
            await asyncio.sleep(0.3)

    def _topic(self, stream: Stream) -> NewTopic:
        configs = wanted(stream, self._copies) | self._more
        return NewTopic(self._prefix + stream.name, stream.partitions, self._copies, topic_configs=configs)


def _made(answer: Any) -> None:
    """Raise `CommandFailed` with what the broker says of each topic that it did not make."""
    refused = [(topic, words) for topic, code, words in answer.topic_errors if code not in (NO_ERROR, IS_THERE)]
    if refused:
        raise CommandFailed("\n".join(f"Kafka did not make {topic}: {words}" for topic, words in refused))


async def rewind(address: str, prefix: str, hearing: Sequence[tuple[str, str]]) -> None:
    """Set the place of each (service, stream) to the beginning. Raise `KafkaError` while the service is hearing."""
    for service, stream in hearing:
        consumer: Any = AIOKafkaConsumer(
            bootstrap_servers=address, group_id=f"{prefix}{service}.{stream}", enable_auto_commit=False
        )
        try:
            await consumer.start()
            topic = prefix + stream
            partitions = [TopicPartition(topic, number) for number in range(STREAMS[stream].partitions)]
            consumer.assign(partitions)
            places: dict[TopicPartition, int] = await consumer.beginning_offsets(partitions)
            await consumer.commit(places)
        finally:
            await consumer.stop()


async def replay(address: str, prefix: str, stream: str, take: Callable[[list[Record]], None]) -> None:
    """Hand over all that a topic has now, poll by poll, each key in order. Raise `KafkaError`, `TimeoutError`."""
    consumer: Any = Reader(bootstrap_servers=address, auto_offset_reset="earliest", enable_auto_commit=False)
    try:
        await consumer.start()
        partitions = [TopicPartition(prefix + stream, number) for number in range(STREAMS[stream].partitions)]
        consumer.assign(partitions)
        ends: dict[TopicPartition, int] = await consumer.end_offsets(partitions)
        async with asyncio.timeout(SILENCE) as patience:
            while any([await consumer.position(tp) < end for tp, end in ends.items()]):
                polled = (await consumer.getmany(timeout_ms=500)).values()
                found = [
                    Record(stream, r.partition, r.offset, r.key, tuple(r.headers), r.value) for rs in polled for r in rs
                ]
                if found:
                    take(found)
                    patience.reschedule(asyncio.get_running_loop().time() + SILENCE)
    finally:
        await consumer.stop()
