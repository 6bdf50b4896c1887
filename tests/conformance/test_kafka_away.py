"""A broker of one's own that stalls, is away and comes back: nobody loses, reorders or doubles anything, or looks stuck."""

import asyncio
import signal
import threading
from pathlib import Path

import pytest

from deploy.kafka import Kafka
from deploy.topics import Topics
from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.messaging.kafka import KafkaTransport
from tests.conformance.kept import kept
from tests.conformance.stage import gone, played, staged, until
from tests.conformance.test_transport import given
from tests.servers import needed


def test_a_broker_that_stalls_longer_than_a_request_may_take_keeps_every_key_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.messaging.kafka.speaking.BATCH", 3000)  # bytes: a partition has several in a pass
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


@played
async def test_after_an_outage_no_replica_is_in_trouble_whoever_of_them_told_what_was_waiting(tmp_path: Path) -> None:
    kafka = needed(lambda: Kafka(tmp_path / "kafka"))
    try:
        with staged(tmp_path, lambda: KafkaTransport(kafka.address, timeout=2)) as stage:
            speaker = stage.speaker()
            speaker.say(gone("k", 1))
            async with stage.process(speaker) as one, stage.process(speaker) as other:
                await until(lambda: one.troubles() and other.troubles())
                await asyncio.to_thread(kafka.start)
                await Topics(kafka.address).make()
                await until(lambda: not one.troubles() and not other.troubles(), 60)
    finally:
        kafka.kill()


@played
async def test_who_has_digested_a_batch_when_kafka_goes_is_alive_and_keeps_its_place_later(tmp_path: Path) -> None:
    kafka = needed(lambda: Kafka(tmp_path / "kafka"))
    kafka.start()
    await Topics(kafka.address).make()
    at_work, go_on, turns = threading.Event(), threading.Event(), list[str]()

    def slowly(*_: object) -> None:
        at_work.set()
        go_on.wait(60)

    try:
        with staged(tmp_path, lambda: KafkaTransport(kafka.address, timeout=2)) as stage:
            speaker, ear = stage.speaker(), stage.hearer(before=slowly)
            async with stage.process(speaker) as transport:
                await ear.join(transport, beat=turns.append)
                speaker.say(gone("k", 1))
                await until(at_work.is_set, 60)
                kafka.kill()
                go_on.set()
                await until(ear.effects)
                beats = len(turns)
                await until(lambda: len(turns) > beats + 1, 60)
                await asyncio.to_thread(kafka.start)
                await until(lambda: ear.counted("again") and not transport.troubles(), 90)
                await until(lambda: not any(transport.lags().values()))
            assert ear.effects() == [("k", 1)]
    finally:
        kafka.kill()


def test_what_could_not_be_told_is_told_once_and_nothing_of_it_comes_behind_what_was_told_next(tmp_path: Path) -> None:
    """The one who failed to tell an address must not tell it, late, behind the tombstone that erases it."""
    kafka, stream = needed(lambda: Kafka(tmp_path / "kafka")), "intake.contacts"
    kafka.start()
    asyncio.run(Topics(kafka.address).make())

    @played
    async def case() -> None:
        with staged(tmp_path, lambda: KafkaTransport(kafka.address, timeout=1.5)) as stage:
            speaker, ear = stage.speaker("intake"), stage.hearer(hears=(ContactGiven, ContactErased))
            async with stage.process(speaker) as transport:
                await ear.join(transport)
                speaker.say(given("before", 1))
                await until(lambda: ear.numbers("before") == [1], 60)
                kafka.kill()
                speaker.say(
                    given("k", 1), ContactErased(idea_id=given("k", 1).idea_id, sequence=2, at=given("k", 1).at)
                )
                await until(lambda: "intake telling" in transport.troubles(), 60)
                await asyncio.to_thread(kafka.start)
                await until(lambda: ear.numbers("k") == [1, 2], 90)
        assert await kept(kafka.address, stream, b"k") == [given("k", 1).body(), None]

    try:
        case()
    finally:
        kafka.kill()
