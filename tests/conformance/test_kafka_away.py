"""Kafka stalls, goes, and comes back: nothing is lost or reordered, and no process looks ill for it longer than it is."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka import Kafka
from deploy.topics import Topics
from shared.messaging.kafka import KafkaTransport
from tests.conformance.stage import Stage, gone, played, staged, until
from tests.servers import broker, fresh_prefix, needed


@pytest.fixture
def prefix() -> str:
    return fresh_prefix()


@pytest.fixture
def stage(tmp_path: Path, prefix: str) -> Iterator[Stage]:
    with staged(tmp_path, lambda: KafkaTransport(broker().address, prefix, held=0.05)) as made:
        yield made


def test_a_broker_that_stalls_longer_than_a_request_may_take_keeps_every_key_in_order(tmp_path: Path) -> None:
    kafka = needed(lambda: Kafka(tmp_path / "kafka"))
    kafka.start()
    asyncio.run(Topics(kafka.address).make())

    @played
    async def case() -> None:
        with staged(tmp_path, lambda: KafkaTransport(kafka.address, timeout=1.5)) as stage:
            speaker, ear = stage.speaker(), stage.hearer()
            async with stage.process(speaker) as transport:
                await ear.join(transport)
                speaker.say(*(gone(f"k{n % 3}", n) for n in range(60)))
                await until(ear.effects, 60)
                kafka.process.tell(signal.SIGSTOP)
                for n in range(60, 200):
                    speaker.say(gone(f"k{n % 3}", n))
                await until(lambda: "speaker telling" in transport.troubles(), 60)
                kafka.process.tell(signal.SIGCONT)
                await until(lambda: len(ear.effects()) >= 200, 90)
                await until(lambda: not transport.troubles(), 60)
            for key in range(3):
                assert ear.numbers(f"k{key}") == [n for n in range(200) if n % 3 == key]

    try:
        case()
    finally:
        kafka.kill()


@played
async def test_a_broker_that_is_away_at_the_start_is_waited_for(tmp_path: Path) -> None:
    kafka = needed(lambda: Kafka(tmp_path / "kafka"))
    try:
        with staged(tmp_path, lambda: KafkaTransport(kafka.address, timeout=2)) as stage:
            speaker, ear = stage.speaker(), stage.hearer()
            speaker.say(gone("k", 1))
            async with stage.process(speaker) as transport:
                await ear.join(transport)
                await until(lambda: len(transport.troubles()) == 2)
                await asyncio.to_thread(kafka.start)
                await Topics(kafka.address).make()
                await until(lambda: ear.numbers("k") == [1] and not transport.troubles(), 60)
    finally:
        kafka.kill()
