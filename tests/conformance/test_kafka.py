"""What only a broker can do to us: stall, deal partitions anew in the middle of a batch, carry what nobody should have sent."""

import asyncio
import threading
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete

from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.events.streams import STREAMS
from shared.messaging.kafka import KafkaTransport
from shared.messaging.transport import Verdict
from tests.conformance.foreign import Headers, headers, put
from tests.conformance.stage import Hearer, Stage, gone, played, staged, until
from tests.conformance.test_transport import given
from tests.servers import broker, fresh_prefix


@pytest.fixture
def stage(kafka_stage: Stage) -> Stage:
    return kafka_stage


@played
async def test_odd_records_inside_a_batch_cost_nobody_else_anything(stage: Stage, prefix: str) -> None:
    good = b'{"idea_id":"k"}'
    await put(
        prefix,
        "intake.ideas",
        (b"k", headers(ce_id=b"e1"), good),
        (b"k", headers(ce_id=b"e2", ce_source=None), good),  # a null header
        (b"k", headers(ce_id=b"\xff\xfe"), good),  # not UTF-8
        (b"k", headers(ce_id=b"e4"), b"{not json"),
        (b"other", headers(ce_id=b"e5"), None),  # no body, and none is needed
        (None, headers(ce_id=b"e6"), good),  # no key
        (b"k", [], good),  # no event at all
        (b"k", headers(ce_id=b"e7", content__type=b"text/plain"), good),
        (b"k", headers(ce_id=b"e8", ce_type=b"gort.intake.idea-withdrawn.v99"), good),  # too new
        (b"big", headers(ce_id=b"e9"), b'{"idea_id":"big","more":"' + b"x" * 1_000_000 + b'"}'),
        (b"last", headers(ce_id=b"e10"), b'{"idea_id":"last"}'),
        (b"last", headers(ce_id=b"e10"), b'{"idea_id":"last"}'),  # twice
    )
    ear = stage.hearer(park_limit=20)
    async with stage.process() as transport:
        await ear.join(transport)
        await until(lambda: ear.counted("again") == 1)
    assert [key for key, _ in ear.effects()] == ["k", "other", "big", "last"]
    assert sorted(reason for _, reason in ear.reasons()) == sorted(
        ["ce_source_missing", "header_not_text", "invalid_body", "key_missing", "ce_id_missing", "content_type_unknown"]
    )
    assert ear.counted("unheard") == 1


@played
async def test_a_tombstone_inside_a_batch_arrives(stage: Stage, prefix: str) -> None:
    told = headers(ce_id=b"c1", ce_type=ContactErased.type.encode(), ce_sequence=b"2")
    await put(prefix, "intake.contacts", (b"k", told, None), (b"k", headers(ce_id=b"c2"), b"{bad"))
    ear = stage.hearer(hears=(ContactGiven, ContactErased))
    async with stage.process() as transport:
        await ear.join(transport)
        await until(lambda: ear.numbers("k") == [2])
    assert not ear.parked()


@pytest.mark.parametrize("stream", STREAMS)
def test_rubbish_on_any_stream_is_put_aside_and_the_service_goes_on(stage: Stage, prefix: str, stream: str) -> None:
    """Whatever a service hears, of each stream that there is."""
    from shared.events.catalogue import events

    heard = tuple(e for e in events().values() if e.stream == stream and not e.tombstone)

    @played
    async def case() -> None:
        rubbish = [(b"k", headers(ce_id=b"r1", ce_type=heard[0].type.encode()), b"[1, 2]"), (b"k", [], b"\x00")]
        await put(prefix, stream, *rubbish, (b"k", headers(ce_id=b"r2", ce_type=b"gort.unknown.v1"), b"{}"))
        ear = stage.hearer(hears=heard)
        async with stage.process() as transport:
            await ear.join(transport)
            await until(lambda: ear.counted("unheard", stream) == 1)
        assert sorted(reason for _, reason in ear.reasons()) == ["ce_id_missing", "invalid_body"]

    case()


@played
async def test_a_join_during_a_slow_batch_gives_nobody_the_same_record_at_once(stage: Stage) -> None:
    at_work, worst, lock = set[str](), list[str](), threading.Lock()

    def slowly(event: object, _: str) -> None:
        key = event.key  # type: ignore[attr-defined]
        with lock:
            if key in at_work:
                worst.append(key)
            at_work.add(key)
        time.sleep(0.02)
        with lock:
            at_work.discard(key)

    speaker = stage.speaker()
    speaker.say(*(gone(f"k{n % 12}", n) for n in range(240)))
    first, second = stage.hearer(before=slowly), stage.hearer(before=slowly)
    async with stage.process(speaker) as one, stage.process() as other:
        await first.join(one)
        await until(first.effects)
        await second.join(other)
        await until(lambda: len(first.effects()) >= 240, 60)
    assert not worst
    assert sorted(number for _, number in first.effects()) == list(range(240))
    for key in range(12):
        assert first.numbers(f"k{key}") == [n for n in range(240) if n % 12 == key]


@played
async def test_who_has_lost_its_partitions_no_longer_says_that_they_stand_still(stage: Stage) -> None:
    def in_vain(*_: object) -> None:
        raise ValueError

    def stands_still(ear: Hearer) -> float | None:
        labels = {"service": ear.service, "stream": "intake.ideas"}
        return ear.meters.registry.get_sample_value("gort_consuming_stopped", labels)

    speaker, stuck = stage.speaker(), stage.hearer(before=in_vain, park_limit=0)
    async with AsyncExitStack() as processes:
        await stuck.join(await processes.enter_async_context(stage.process(speaker)))
        speaker.say(gone("k"))
        await until(lambda: stuck.dispatch.held)
        assert stands_still(stuck) == 1
        for _ in range(STREAMS["intake.ideas"].partitions * 2):  # until another than the one that is stuck has it
            other = stage.hearer()
            await other.join(await processes.enter_async_context(stage.process()))
            with suppress(AssertionError):
                await until(other.effects, 8)
                break
        assert stuck.effects() == [("k", 1)], "another has heard it"
        await until(lambda: not stuck.dispatch.held and stands_still(stuck) == 0)


@played
async def test_records_that_expired_before_anybody_heard_them_are_not_waited_for(stage: Stage, prefix: str) -> None:
    await put(prefix, "intake.ideas", *((b"k", headers(), b"{}") for _ in range(9)))
    admin = AIOKafkaAdminClient(bootstrap_servers=broker().address)
    await admin.start()
    await admin.delete_records({TopicPartition(f"{prefix}intake.ideas", 0): RecordsToDelete(before_offset=8)})
    await admin.close()
    ear = stage.hearer()
    async with stage.process() as transport:
        await ear.join(transport, lambda _: Verdict.HOLD)
        await until(lambda: transport.lags() == {("hearer", "intake.ideas"): 1})


def test_gaps_that_compaction_leaves_cost_nobody_anything(tmp_path: Path) -> None:
    """The last record of a batch is superseded and taken away: a poll ends before where the next one begins."""
    prefix = fresh_prefix(segment_ms="1500", max_compaction_lag_ms="1000")
    stream, people = "intake.contacts", "abcd"

    def told(key: str, number: int, large: bool) -> tuple[bytes, Headers, bytes]:
        body = (given(key, number).body() or b"")[:-1] + b',"more":"' + b"x" * (450_000 if large else 0) + b'"}'
        named = headers(ce_id=f"{key}{number}".encode(), ce_type=ContactGiven.type.encode())
        return key.encode(), [*named, ("ce_sequence", str(number).encode())], body

    async def kept() -> int:
        """How many of the superseded records the broker still gives."""
        consumer = AIOKafkaConsumer(bootstrap_servers=broker().address, auto_offset_reset="earliest")
        await consumer.start()
        place = TopicPartition(prefix + stream, 0)
        consumer.assign([place])
        ends, seen = await consumer.end_offsets([place]), 0
        while await consumer.position(place) < ends[place]:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                seen += sum(record.key == b"k" for record in records)
        await consumer.stop()
        return seen

    @played
    async def case() -> None:
        for number, key in enumerate(people, 1):
            await put(prefix, stream, told(key, 1, True), told("k", number, False))
        end = time.monotonic() + 60
        while await kept() > 1:
            assert time.monotonic() < end, "nothing was compacted"
            await asyncio.sleep(1)
            await put(prefix, stream, (b"tick", headers(ce_id=b"t", ce_type=b"gort.platform.tick.v1"), b"{}"))
        with staged(tmp_path, lambda: KafkaTransport(broker().address, prefix, held=0.05)) as stage:
            ear = stage.hearer(hears=(ContactGiven,))
            async with stage.process() as transport:
                await ear.join(transport)
                await until(lambda: {key for key, _ in ear.effects()} == {*people, "k"})

    case()
