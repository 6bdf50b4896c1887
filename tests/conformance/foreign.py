"""What somebody else might send to our topics, and what a group has kept of them."""

import asyncio
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy as PythonBatch

from tests.conformance.records import ATTRIBUTES
from tests.servers import broker

Headers = list[tuple[str, bytes | None]]
GOOD = b'{"idea_id":"k"}'


def headers(**changed: bytes | None) -> Headers:
    return list({**ATTRIBUTES, **{name.replace("__", "-"): value for name, value in changed.items()}}.items())


async def put(
    prefix: str, stream: str, *records: tuple[bytes | None, Headers, bytes | None], partition: int = 0
) -> None:
    """Records as somebody else might send them: (key, headers, value), all to one partition, in one batch."""
    producer = AIOKafkaProducer(
        bootstrap_servers=broker().address, linger_ms=100, max_request_size=4_000_000, max_batch_size=3_000_000
    )
    await producer.start()
    sent = [
        await producer.send(prefix + stream, value, key=key, headers=told, partition=partition)
        for key, told, value in records
    ]
    await asyncio.gather(*sent)
    await producer.stop()


class Unspeakable(str):
    """The name of a header that is not UTF-8."""

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return b"\xff\xfe"


async def put_unreadable(topic: str, *names: str) -> None:
    """One batch, a record for each of these names of a header, as a program in C may send it."""
    producer = AIOKafkaProducer(bootstrap_servers=broker().address)
    await producer.start()
    batch: Any = producer.create_batch()
    batch._builder = PythonBatch(2, 0, 0, -1, -1, 0, 100_000)  # the one in C would refuse
    for number, name in enumerate(names):
        odd = [*headers(ce_id=b"o%d" % number), (name, b"1")]
        batch.append(timestamp=None, key=b"k", value=b'{"idea_id":"k"}', headers=odd)
    await (await producer.send_batch(batch, topic, partition=0))
    await producer.stop()


async def places(group: str, topic: str) -> dict[int, int]:
    """What a group has committed, by partition."""
    admin: Any = AIOKafkaAdminClient(bootstrap_servers=broker().address)
    await admin.start()
    found = await admin.list_consumer_group_offsets(group)
    await admin.close()
    return {tp.partition: place.offset for tp, place in found.items() if tp.topic == topic}
