"""One listener at one topic: what a poll brings is handed over whole, and its place committed when it has had its effect.

FastStream's parser and decoder are set aside: they drop a whole poll for one odd record. A handler never raises: FastStream
would swallow it, and the next commit would go past the batch.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from aiokafka import ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from faststream.kafka.message import KafkaAckableMessage

from shared.messaging.kafka.reading import Reader
from shared.messaging.record import Record
from shared.messaging.transport import Batch, Listener, Verdict
from shared.telemetry.logging import cause, logger

MOST = 200  # records a poll
POLL = 20  # ms that FastStream is deaf for after a poll that brought nothing; its 200 cost 70 ms a hop
TURN = 5.0  # s between looks at our own health
ANSWERS = 10.0  # s that Kafka may take to keep a place: aiokafka would ask for as long as it is away, and we look stuck
GONE = "topic missing or closed to us"
FORGIVEN = (KafkaError, IllegalStateError, AssertionError, TimeoutError)  # what is heard again does nothing

Polled = tuple[ConsumerRecord[bytes, bytes], ...]


class Gate(ConsumerRebalanceListener):
    """Held while a batch is at work: no partition changes hands meanwhile."""

    def __init__(self, dealt: Callable[[], None]) -> None:
        self.lock, self._dealt = asyncio.Lock(), dealt

    async def on_partitions_revoked(self, revoked: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # noqa: ARG002
        async with self.lock:
            pass

    async def on_partitions_assigned(self, assigned: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # noqa: ARG002
        self._dealt()


class Hearing:
    """One stream of one listener, from joining to leaving. It waits for Kafka as long as it takes."""

    def __init__(
        self, listener: Listener, stream: str, address: str, prefix: str, replica: str | None, held: float
    ) -> None:
        self.listener, self.stream, self.lag = listener, stream, 0
        self.topic, self._address, self._held = prefix + stream, address, held
        self.group = f"{prefix}{listener.service}.{stream}"
        self._instance = f"{self.group}.{replica}" if replica else None
        self._gate = Gate(lambda: listener.dealt(stream))
        self._pool = ThreadPoolExecutor(1, f"{listener.service}-{stream}")
        self._stop = asyncio.Event()
        self._broker: KafkaBroker | None = None
        self._consumer: Any = None  # aiokafka says little of its types
        self._keeping = asyncio.create_task(self._keep())
        self.trouble: str | None = "not connected yet"

    async def leave(self) -> None:
        """Stop polling; return when the batch at work is finished and its place is committed."""
        self._stop.set()
        await self._keeping
        self._pool.shutdown()

    async def _keep(self) -> None:
        while not self._stop.is_set():
            try:
                if self._broker is None:
                    await self._start()
                await self._look()
            except Exception as error:  # Kafka is away, or says no: try again, and say so
                self.trouble = type(error).__name__
                logger(self.listener.service).warning("cannot hear", stream=self.stream, **cause(error))
            await self._rest(TURN if self._broker else 1.0)
        if self._broker:
            await self._broker.stop()

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def _start(self) -> None:
        broker = KafkaBroker(
            self._address,
            client_id=self.group,
            consumer_only=True,
            allow_auto_create_topics=False,
            metadata_max_age_ms=10_000,
            graceful_timeout=60,
            logger=None,
        )
        subscriber = broker.subscriber(
            self.topic,
            group_id=self.group,
            group_instance_id=self._instance,
            batch=True,
            max_records=MOST,
            batch_timeout_ms=POLL,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=200,
            listener=self._gate,
            parser=_whole_poll,
            decoder=_undecoded,
        )
        subscriber(self._hear)
        try:
            builder: Any = await broker.connect()
            broker.config.broker_config.builder = partial(Reader, **builder.keywords)
            await broker.start()
        except BaseException:
            await broker.stop()
            raise
        self._broker, self._consumer, self.trouble = broker, subscriber.consumer, None

    async def _look(self) -> None:
        """How far behind we are, by what the broker says; a beat, unless a batch is at work."""
        if not self._gate.lock.locked():
            self.listener.beat(self.stream)
        mine = list(self._consumer.assignment())
        async with asyncio.timeout(TURN * 2):
            ends: dict[TopicPartition, int] = await self._consumer.end_offsets(mine) if mine else {}
            first: dict[TopicPartition, int] = await self._consumer.beginning_offsets(mine) if mine else {}
            heard = {tp: await self._consumer.committed(tp) or 0 for tp in mine}
        self.lag = sum(
            end - max(heard[tp], first[tp]) for tp, end in ends.items()
        )  # what has expired is not waited for
        there = self._consumer.partitions_for_topic(self.topic)
        self.trouble = self._consumer.trouble or (None if there else GONE)
        if self.trouble:
            logger(self.listener.service).warning("cannot hear", stream=self.stream, error=self.trouble)

    async def _hear(self, message: KafkaMessage) -> None:
        polled: Polled = message.raw_message  # type: ignore[assignment]
        async with self._gate.lock:
            if not await self._ours(polled):
                self._go_back(polled)
                return
            self.listener.beat(self.stream)
            verdict = await self._digested([self._record(r) for r in polled])
            if verdict is Verdict.DONE:
                await self._commit(polled)
            else:
                self._go_back(polled)
        if verdict is Verdict.HOLD:
            await self._rest(self._held)

    async def _ours(self, polled: Polled) -> bool:
        """False when the partitions were dealt anew since the poll: whoever has them now hears these records.

        Their place is then where it was last committed, before these records. It may stand after the last of them: what
        compaction took away leaves gaps.
        """
        last = {TopicPartition(r.topic, r.partition): r.offset for r in polled}
        try:
            async with asyncio.timeout(ANSWERS):
                return all([await self._consumer.position(tp) > offset for tp, offset in last.items()])
        except FORGIVEN:
            return False

    async def _digested(self, records: list[Record]) -> Verdict:
        handle: Callable[[Batch], Verdict] = self.listener.handle
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, handle, Batch(records))
        except Exception as error:
            logger(self.listener.service).error("handler broke", stream=self.stream, **cause(error))
            return Verdict.HOLD

    async def _commit(self, polled: Polled) -> None:
        places = {TopicPartition(r.topic, r.partition): r.offset + 1 for r in polled}
        try:
            async with asyncio.timeout(ANSWERS):
                await self._consumer.commit(places)
        except FORGIVEN as error:
            logger(self.listener.service).warning("place not kept", stream=self.stream, **cause(error))
            if isinstance(
                error, TimeoutError
            ):  # nothing may follow that would keep it: hear it again, and keep it then
                self._go_back(polled)

    def _go_back(self, polled: Polled) -> None:
        """To where the poll began, in each partition that is still ours: what was heard already does nothing again."""
        first = {TopicPartition(r.topic, r.partition): r.offset for r in reversed(polled)}
        for partition, offset in first.items():
            with suppress(*FORGIVEN):
                self._consumer.seek(partition, offset)

    def _record(self, record: ConsumerRecord[bytes, bytes]) -> Record:
        headers = tuple(record.headers)
        return Record(self.stream, record.partition, record.offset, record.key, headers, record.value)


async def _whole_poll(records: Any, _original: Any) -> KafkaMessage:
    return KafkaAckableMessage(raw_message=records, body=b"", consumer=None)  # type: ignore[arg-type]


async def _undecoded(_: object) -> None:
    return None
