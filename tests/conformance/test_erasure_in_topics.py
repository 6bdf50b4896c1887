"""What is erased leaves Kafka too: nothing of it comes behind its tombstone, and even a silent topic is cleaned."""

import asyncio
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.events.streams import STREAMS
from shared.messaging.kafka import KafkaTransport
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.stage import Stage, played, staged, until
from tests.conformance.test_transport import given
from tests.servers import broker, fresh_prefix


@pytest.fixture
def stage(kafka_stage: Stage) -> Stage:
    return kafka_stage


def test_an_erased_address_is_unreadable_in_the_files_of_a_silent_topic(tmp_path: Path) -> None:
    """With hours made seconds: ticks, segments and the longest wait for the cleaner, all by one factor."""
    kafka, address = broker(), "kanarina@holder.example"
    prefix = fresh_prefix(segment_ms="2000", max_compaction_lag_ms="2000", delete_retention_ms="1000")

    def readable() -> bool:
        files = kafka.logs.glob(f"{prefix}intake.contacts-*/*.log")
        return any(address.encode() in file.read_bytes() for file in files)

    @played
    async def case() -> None:
        with staged(tmp_path, lambda: KafkaTransport(kafka.address, prefix, tick=1)) as stage:
            speaker, ear = stage.speaker("intake"), stage.hearer(hears=(ContactGiven, ContactErased))
            async with stage.process(speaker) as transport:
                await ear.join(transport)
                speaker.say(given("k", 1).model_copy(update={"email": address}))
                await until(lambda: ear.numbers("k") == [1])
                assert readable(), "it was there"
                with unit_of_work(speaker.database) as work:
                    work.forget("k")
                    work.say(ContactErased(idea_id=given("k", 1).idea_id, sequence=2, at=given("k", 1).at))
                await until(lambda: ear.numbers("k") == [1, 2])
                await until(lambda: not readable(), 60)

    case()


@played
async def test_a_compacted_topic_is_ticked_when_its_service_starts(stage: Stage, prefix: str) -> None:
    """A process that never runs for an hour ticks too, or a silent topic would keep what was erased."""
    consumer = AIOKafkaConsumer(bootstrap_servers=broker().address, auto_offset_reset="earliest")
    await consumer.start()
    names = range(STREAMS["intake.contacts"].partitions)
    places = [TopicPartition(f"{prefix}intake.contacts", number) for number in names]
    consumer.assign(places)
    async with stage.process(stage.speaker("intake")):
        for place in places:
            ticked = await asyncio.wait_for(consumer.getone(place), 30)
            assert dict(ticked.headers)["ce_type"] == b"gort.platform.tick.v1"
    await consumer.stop()
