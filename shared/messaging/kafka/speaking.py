"""What a relay tells, to Kafka: acknowledged by every replica, each record once, one record a key in flight."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaProducer

from shared.messaging.record import Record
from shared.telemetry.logging import cause, logger

LARGEST = 64_000_000  # bytes a record: how large one may be is the topic's to say


class Speaking:
    """One producer, made when it is needed, thrown away when it has failed: a stalled one would send in another order.

    What was refused is told again by its successor, here or in another replica, and never by itself: an address that the
    failed one still had with it would come in behind the tombstone that erases it.
    """

    def __init__(self, address: str, prefix: str, client: str, timeout: float) -> None:
        self._address, self._prefix, self._client, self._timeout = address, prefix, client, timeout
        self._producer: Any = None  # aiokafka says little of its types
        self.trouble: str | None = None

    async def tell(self, records: Sequence[Record]) -> list[bool]:
        """Send records of distinct keys together; which of them Kafka has. The others are not on their way any more."""
        try:
            producer = await self._ready()
        except Exception as error:
            return [self._refused(error)] * len(records)
        sent = await asyncio.gather(*(self._send(producer, r) for r in records))
        if all(sent):
            self.trouble = None
        else:
            await self.stop()
        return sent

    async def _ready(self) -> Any:
        if self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._address,
                client_id=self._client,
                acks="all",
                enable_idempotence=True,
                request_timeout_ms=round(self._timeout * 1000),
                max_request_size=LARGEST,
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

    async def _send(self, producer: Any, record: Record) -> bool:
        partition = record.partition if record.position < 0 else None  # a tick names its partition
        try:
            async with asyncio.timeout(self._timeout * 2):
                await producer.send_and_wait(
                    self._prefix + record.stream,
                    record.body,
                    key=record.key,
                    headers=[(name, value or b"") for name, value in record.headers],
                    partition=partition,
                )
        except Exception as error:
            return self._refused(error)
        return True

    def _refused(self, error: Exception) -> bool:
        self.trouble = type(error).__name__
        logger(self._client).warning("cannot tell", **cause(error))
        return False

    async def partitions(self, stream: str) -> int:
        """How many partitions a stream has."""
        return len(await (await self._ready()).partitions_for(self._prefix + stream))

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
