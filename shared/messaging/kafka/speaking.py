"""What a relay tells, to Kafka: acknowledged by every replica, each record once, one batch a partition in flight."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from aiokafka import AIOKafkaProducer
from aiokafka.errors import UnknownTopicOrPartitionError
from aiokafka.partitioner import DefaultPartitioner

from shared.messaging.kafka.hearing import GONE
from shared.messaging.record import Record
from shared.messaging.relay import Mine
from shared.telemetry.logging import cause, logger

LARGEST = 64_000_000  # bytes a request: how large a record may be is the topic's to say
BATCH = 500_000  # bytes; a record that is larger makes a batch of its own
MISSING = 5.0  # s before Kafka is asked again for a topic that it did not have
PARTITIONER: Any = DefaultPartitioner()  # as every client of Kafka does it: murmur2 of the key

T = TypeVar("T")


class Speaking:
    """One producer, made when it is needed, thrown away when it has failed: a stalled one would send in another order.

    What was refused is told again by its successor, here or in another replica, and never by itself: an address that the
    failed one still had with it would come in behind the tombstone that erases it.
    """

    def __init__(self, address: str, prefix: str, client: str, timeout: float) -> None:
        self._address, self._prefix, self._client, self._timeout = address, prefix, client, timeout
        self._producer: Any = None  # aiokafka says little of its types
        self._missing: dict[str, float] = {}  # streams whose topic was not there when it was asked for last, and when
        self.failed: str | None = None

    @property
    def trouble(self) -> str | None:
        return self.failed or (f"{GONE}: {', '.join(sorted(self._missing))}" if self._missing else None)

    def missing(self) -> frozenset[str]:
        """Streams that it is too early to tell again: a moment ago their topic was not there."""
        now = time.monotonic()
        return frozenset(stream for stream, asked in self._missing.items() if now - asked < MISSING)

    def all_told(self) -> None:
        """Nothing is left to tell: by us, or by another replica."""
        self.failed = None
        self._missing.clear()

    async def tell(self, records: Sequence[Record], mine: Mine) -> list[bool]:
        """Send records, each partition's in order; which of them Kafka has. The others are not on their way any more.

        Kafka takes a batch whole or not at all, and the next of its partition is not sent before: no key is reordered. Each
        is sent only if it is still our turn: who slept for minutes must not send what others have told, and erased, since.
        """
        try:
            producer = await self._ready()
        except Exception as error:
            return [self._refused(error)] * len(records)
        streams = _grouped(records, lambda record: record.stream)
        told = await asyncio.gather(*(self._tell_stream(producer, mine, *stream) for stream in streams.items()))
        known = {id(record) for some in told for record in some}
        if {record.stream for record in records if id(record) not in known} <= self._missing.keys():
            self.failed = None  # of what is missing the producer has nothing
        else:
            await self.stop()
        return [id(record) in known for record in records]

    async def _tell_stream(self, producer: Any, mine: Mine, stream: str, records: Sequence[Record]) -> list[Record]:
        """Those that Kafka has. A topic that is missing stops no other."""
        topic = self._prefix + stream
        try:
            async with asyncio.timeout(self._timeout * 2):
                everyone = await _partitions(producer, topic)
        except UnknownTopicOrPartitionError as error:
            self._missing[stream] = time.monotonic()
            logger(self._client).warning("cannot tell", stream=stream, **cause(error))
            return []
        except Exception as error:
            self._refused(error)
            return []
        self._missing.pop(stream, None)

        def partition(record: Record) -> int:
            """A tick names its own."""
            return record.partition if record.position < 0 else PARTITIONER(record.key, everyone, everyone)

        dealt = _grouped(records, partition)
        told = await asyncio.gather(*(self._tell_partition(producer, mine, topic, *some) for some in dealt.items()))
        return [record for some in told for record in some]

    async def _tell_partition(
        self, producer: Any, mine: Mine, topic: str, partition: int, records: Sequence[Record]
    ) -> list[Record]:
        """Those that Kafka has: all, or those before a batch that it did not take."""
        told: list[Record] = []
        for batch, held in _batches(producer, records):
            try:
                if not await asyncio.to_thread(mine):
                    break
                async with asyncio.timeout(self._timeout * 2):
                    await (await producer.send_batch(batch, topic, partition=partition))
            except Exception as error:
                self._refused(error)
                break
            told += held
        return told

    async def _ready(self) -> Any:
        if self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._address,
                client_id=self._client,
                acks="all",
                enable_idempotence=True,
                request_timeout_ms=round(self._timeout * 1000),
                max_request_size=LARGEST,
                max_batch_size=BATCH,
                metadata_max_age_ms=10_000,
            )
            try:
                async with asyncio.timeout(self._timeout):  # a broker that goes meanwhile is waited for, for ever
                    await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer = producer
        return self._producer

    def _refused(self, error: Exception) -> bool:
        self.failed = type(error).__name__
        logger(self._client).warning("cannot tell", **cause(error))
        return False

    async def partitions(self, stream: str) -> int:
        """How many partitions a stream has."""
        return len(await _partitions(await self._ready(), self._prefix + stream))

    async def stop(self) -> None:
        """End the producer. A request that is on its way is waited for, as long as it may take; nothing is sent after it.

        aiokafka's own way is to flush: an idempotent producer does so for as long as Kafka is away.
        """
        producer, self._producer = self._producer, None
        if producer is None:
            return
        sender, producer._sender = producer._sender, None
        try:
            await sender.close()
            await producer.stop()
        except Exception as error:
            logger(self._client).warning("producer ended badly", **cause(error))


async def _partitions(producer: Any, topic: str) -> list[int]:
    """Of a topic. Raise `UnknownTopicOrPartitionError` when Kafka has none: aiokafka asks for it until its time is out."""
    if producer.client.cluster.partitions_for_topic(topic) is None:
        there = await producer.client.fetch_all_metadata()
        if there.partitions_for_topic(topic) is None:
            raise UnknownTopicOrPartitionError(topic)
    return sorted(await producer.partitions_for(topic))


def _grouped(records: Sequence[Record], by: Callable[[Record], T]) -> dict[T, list[Record]]:
    groups: dict[T, list[Record]] = {}
    for record in records:
        groups.setdefault(by(record), []).append(record)
    return groups


def _batches(producer: Any, records: Sequence[Record]) -> Iterator[tuple[Any, list[Record]]]:
    """Records as Kafka's batches, in order, each made when it is asked for."""
    batch, held = producer.create_batch(), list[Record]()
    for record in records:
        more = {"key": record.key, "value": record.body, "headers": [(n, v or b"") for n, v in record.headers]}
        if batch.append(timestamp=None, **more) is None:
            yield batch, held
            batch, held = producer.create_batch(), []
            batch.append(timestamp=None, **more)
        held.append(record)
    yield batch, held
