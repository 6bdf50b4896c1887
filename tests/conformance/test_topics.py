"""Topics are made as the catalogue says, and what only a person can change is said."""

import asyncio
from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from deploy.errors import CommandFailed
from deploy.kafka import Kafka
from deploy.topics import Topics, wanted
from shared.events.contact_given import ContactGiven
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.events.streams import STREAMS
from shared.messaging.kafka import KafkaTransport
from shared.messaging.kafka.hearing import GONE
from tests.conformance.stage import gone, played, staged, until
from tests.conformance.test_transport import given
from tests.servers import broker, needed


def test_topics_are_made_as_the_catalogue_says_and_nothing_is_taken_away(prefix: str) -> None:
    async def look() -> None:
        topics = Topics(broker().address, prefix)
        assert await topics.differences() == []
        larger = Topics(broker().address, prefix, more={"max.message.bytes": "9999999", "segment.bytes": "7340032"})
        assert {d.what for d in await larger.differences()} == {"max.message.bytes", "segment.bytes"}
        assert await larger.make() == []
        assert await topics.make() == [], "who takes more than we ask for is let be"
        assert await larger.differences() == [], "and so is what others have set"

    asyncio.run(look())


def test_what_is_kept_for_longer_than_people_are_promised_is_said_and_never_shortened_by_us(prefix: str) -> None:
    async def look() -> None:
        topics = Topics(broker().address, prefix)
        assert await Topics(broker().address, prefix, more={"retention.ms": "999999999999"}).make() == []
        left = await topics.make()
        assert {(d.what, d.is_now) for d in left} == {("retention.ms", "999999999999")}
        assert {d.topic for d in left} >= {prefix + s.name for s in STREAMS.values() if not s.compacted}

    asyncio.run(look())


@played
async def test_topics_with_fewer_copies_are_named_and_can_be_written_to_all_the_same(
    tmp_path: Path, prefix: str
) -> None:
    left = await Topics(broker().address, prefix, copies=3).make()
    assert {(d.what, d.is_now, d.should_be) for d in left} == {("copies", "1", "3")}
    assert {d.topic for d in left} == {prefix + stream for stream in STREAMS}
    with staged(tmp_path, lambda: KafkaTransport(broker().address, prefix)) as stage:
        speaker, ear = stage.speaker(), stage.hearer()
        async with stage.process(speaker) as transport:
            await ear.join(transport)
            speaker.say(gone("k", 1))
            await until(lambda: ear.numbers("k") == [1])


def test_two_must_have_a_record_where_three_keep_it() -> None:
    demanded = [[wanted(stream, copies).get("min.insync.replicas") for stream in STREAMS.values()] for copies in (2, 3)]
    assert demanded == [[None] * len(STREAMS), ["2"] * len(STREAMS)]


def test_topics_that_kafka_does_not_make_are_told_in_its_own_words() -> None:
    with pytest.raises(CommandFailed, match=r"did not make nowhere\.intake\.ideas: .*replication factor"):
        asyncio.run(Topics(broker().address, "nowhere.", copies=3).make())


@played
async def test_a_topic_that_goes_away_stops_no_other_and_is_named_by_who_hears_and_who_tells(
    tmp_path: Path, prefix: str
) -> None:
    with staged(tmp_path, lambda: KafkaTransport(broker().address, prefix, held=0.05)) as stage:
        speaker, ear = stage.speaker(), stage.hearer(hears=(IdeaWithdrawn, ContactGiven))
        async with stage.process(speaker) as transport:
            await ear.join(transport)
            speaker.say(given("k", 1), gone("k", 1))
            await until(lambda: len(ear.effects()) == 2)
            await delete(f"{prefix}intake.contacts")
            speaker.say(given("k", 2), gone("k", 2))
            await until(lambda: ear.numbers("k").count(2) == 1)
            await until(
                lambda: transport.troubles().keys() == {"hearer hearing intake.contacts", "speaker telling"}, 60
            )
            await Topics(broker().address, prefix).make()
            await until(lambda: ear.numbers("k").count(2) == 2 and not transport.troubles(), 60)


@played
async def test_what_waits_for_a_topic_that_is_not_there_yet_makes_nothing_else_wait_and_loses_nothing(
    tmp_path: Path, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Aiokafka asks 20 s for a topic: ten events, each told when the last has been heard, would take minutes."""
    monkeypatch.setattr("shared.messaging.relay.MOST", 5)  # records a pass: what waits fills more than one
    await delete(f"{prefix}intake.contacts")
    with staged(tmp_path, lambda: KafkaTransport(broker().address, prefix, held=0.05)) as stage:
        speaker, ear = stage.speaker(), stage.hearer(hears=(IdeaWithdrawn, ContactGiven))
        async with stage.process(speaker) as transport:
            await ear.join(transport)
            speaker.say(*(given("k", n) for n in range(8)))
            async with asyncio.timeout(60):
                for n in range(10):
                    speaker.say(gone("other", n))
                    await until(lambda n=n: n in ear.numbers("other"), 60)
                await until(lambda: transport.troubles().get("speaker telling") == f"{GONE}: intake.contacts", 60)
            assert not ear.numbers("k")
            speaker.say(given("k", 8))
            await Topics(broker().address, prefix).make()
            await until(lambda: not transport.troubles(), 60)
            await until(lambda: len(ear.numbers("k")) == 9)
        assert ear.numbers("k") == list(range(9))
        assert ear.numbers("other") == list(range(10))


async def delete(topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=broker().address)
    await admin.start()
    await admin.delete_topics([topic])
    while topic in await admin.list_topics():  # until then it takes records, which go with it
        await asyncio.sleep(0.01)
    await admin.close()


@played
async def test_no_topic_is_made_but_by_us_even_where_the_broker_makes_any_that_is_asked_for(tmp_path: Path) -> None:
    kafka = needed(lambda: Kafka(tmp_path / "kafka", more="auto.create.topics.enable=true\n"))
    kafka.start()
    try:
        with staged(tmp_path, lambda: KafkaTransport(kafka.address, "", held=0.05)) as stage:
            speaker, ear = stage.speaker(), stage.hearer(hears=(IdeaWithdrawn, ContactGiven))
            async with stage.process(speaker) as transport:
                await ear.join(transport)
                speaker.say(given("k", 1), gone("k", 1))
                await until(lambda: GONE in transport.troubles().get("speaker telling", ""), 60)
                await asyncio.sleep(3)  # some rounds of asking
                assert {d.is_now for d in await Topics(kafka.address).differences()} == {None}
                await Topics(kafka.address).make()
                await until(lambda: len(ear.effects()) == 2, 60)
    finally:
        kafka.stop()
