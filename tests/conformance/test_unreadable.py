"""A batch that aiokafka cannot read: it is put aside, and costs nobody anything."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError

from deploy.kafka import Kafka
from deploy.topics import Topics, replay
from shared.messaging.kafka import KafkaTransport
from shared.messaging.kafka.reading import Reader
from shared.messaging.record import Record
from tests.conformance.foreign import GOOD, Unspeakable, headers, places, put, put_unreadable
from tests.conformance.stage import Stage, played, staged, until
from tests.servers import broker, needed


@pytest.fixture
def stage(kafka_stage: Stage) -> Stage:
    return kafka_stage


@played
async def test_a_batch_that_cannot_be_read_is_parked_and_stops_nobody(stage: Stage, prefix: str) -> None:
    """From the odd one on it is lost to us; nothing before it, behind it or beside it is."""
    topic, behind = f"{prefix}intake.ideas", b'{"idea_id":"behind"}'
    await put(prefix, "intake.ideas", (b"before", headers(ce_id=b"e1"), b'{"idea_id":"before"}'))
    await put_unreadable(topic, "ce_note", *[Unspeakable("ce_note"), "ce_note"] * 15)
    await put(prefix, "intake.ideas", (b"behind", headers(ce_id=b"e2"), behind))
    await put_unreadable(topic, Unspeakable("ce_note"))
    await put(prefix, "intake.ideas", (b"behind", headers(ce_id=b"e3"), behind))
    producer = AIOKafkaProducer(bootstrap_servers=broker().address, compression_type="lz4")  # we read that too
    await producer.start()
    await producer.send_and_wait(
        topic, b'{"idea_id":"beside"}', key=b"beside", headers=headers(ce_id=b"e4"), partition=1
    )
    await producer.stop()
    ear = stage.hearer(park_limit=3)
    async with stage.process() as transport:
        await ear.join(transport)
        await until(lambda: len(ear.effects()) == 5)
        await until(lambda: len(ear.parked()) == 2)
    assert sorted(key for key, _ in ear.effects()) == ["before", "behind", "behind", "beside", "k"]
    assert [(row.reason, row.partition, row.position) for row in ear.parked()] == [
        ("unreadable", 0, 31),
        ("unreadable", 0, 33),
    ]
    assert await places(f"{prefix}hearer.intake.ideas", topic) == {0: 35, 1: 1}


@pytest.mark.parametrize("step", ["_back", "_behind"])
def test_kafka_that_fails_in_the_midst_of_what_cannot_be_read_costs_nobody_anything(
    stage: Stage, prefix: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures, real = iter([True, True]), getattr(Reader, step)

    async def fails_twice(reader: Reader, *more: Any) -> Any:
        found = await real(reader, *more)
        if next(failures, False):
            raise KafkaConnectionError
        return found

    @played
    async def case() -> None:
        topic = f"{prefix}intake.ideas"
        for partition in (0, 1):
            await put(prefix, "intake.ideas", (b"before", headers(ce_id=b"b%d" % partition), GOOD), partition=partition)
        await put_unreadable(topic, Unspeakable("ce_note"))
        for partition in (0, 1):
            await put(prefix, "intake.ideas", (b"behind", headers(ce_id=b"e%d" % partition), GOOD), partition=partition)
        monkeypatch.setattr(Reader, step, fails_twice)
        ear = stage.hearer()
        async with stage.process() as transport:
            await ear.join(transport)
            await until(lambda: len(ear.effects()) == 4 and len(ear.parked()) == 1, 60)
            await until(lambda: not transport.troubles())
        assert next(failures, None) is None, "it did fail"
        assert await places(f"{prefix}hearer.intake.ideas", topic) == {0: 3, 1: 2}

    case()


@played
async def test_who_takes_back_from_kafka_what_was_said_passes_such_a_batch_too(prefix: str) -> None:
    topic, taken = f"{prefix}intake.ideas", list[Record]()
    await put(prefix, "intake.ideas", (b"before", headers(ce_id=b"e1"), b"{}"))
    await put_unreadable(topic, Unspeakable("ce_note"))
    await put(prefix, "intake.ideas", (b"behind", headers(ce_id=b"e2"), b"{}"))
    await replay(broker().address, prefix, "intake.ideas", taken.extend)
    assert [(record.position, record.key) for record in taken] == [(0, b"before"), (1, None), (2, b"behind")]


@played
async def test_a_batch_whose_checksum_is_broken_is_parked_and_stops_nobody(tmp_path: Path) -> None:
    kafka = needed(lambda: Kafka(tmp_path / "kafka"))
    kafka.start()
    await Topics(kafka.address).make()
    try:
        producer = AIOKafkaProducer(bootstrap_servers=kafka.address)
        await producer.start()
        for said in ("first", "second", "third"):  # a batch each
            told, body = headers(ce_id=said.encode()), f'{{"idea_id":"{said}"}}'.encode()
            await producer.send_and_wait("intake.ideas", body, key=said.encode(), headers=told, partition=0)
        await producer.stop()
        kafka.stop()
        file = kafka.logs / "intake.ideas-0" / f"{0:020}.log"
        file.write_bytes(file.read_bytes().replace(b':"second"', b':"sekond"'))  # as a failing disk would
        await asyncio.to_thread(kafka.start)
        with staged(tmp_path, lambda: KafkaTransport(kafka.address)) as stage:
            ear = stage.hearer()
            async with stage.process() as transport:
                await ear.join(transport)
                await until(lambda: len(ear.effects()) == 2 and ear.parked(), 60)
            assert [key for key, _ in ear.effects()] == ["first", "third"]
            assert [(row.reason, row.position) for row in ear.parked()] == [("unreadable", 1)]
    finally:
        kafka.kill()
