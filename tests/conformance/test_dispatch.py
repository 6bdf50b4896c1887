"""What dispatch does with records that are no events, and with deliveries in any order and number."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from shared.events.event import Event
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.messaging.record import Record, encode
from shared.messaging.transport import Batch, Verdict
from shared.storage import inbox, parked
from shared.storage.outbox import Said
from shared.storage.unit_of_work import UnitOfWork, unit_of_work
from tests.conformance.rigs import EFFECTS, Hearer, database

TYPE = IdeaWithdrawn.type
GOOD = {
    "ce_specversion": b"1.0",
    "ce_id": b"e1",
    "ce_source": b"/intake",
    "ce_type": TYPE.encode(),
    "ce_time": b"2026-11-24T12:00:00Z",
    "ce_sequence": b"1",
    "content-type": b"application/json",
}


def record(
    position: int = 1, key: bytes | None = b"k", body: bytes | None = b'{"idea_id":"k"}', **headers: bytes | None
) -> Record:
    changed = {**GOOD, **{name.replace("__", "-"): value for name, value in headers.items()}}
    return Record("intake.ideas", 0, position, key, tuple((n, v) for n, v in changed.items()), body)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (record(ce_id=None), "ce_id_missing"),
        (record(ce_type=None), "ce_type_missing"),
        (record(ce_source=b"\xff\xfe"), "header_not_utf8"),
        (record(ce_time=b"yesterday"), "sequence_or_time_malformed"),
        (record(ce_specversion=b"0.3"), "specversion_unknown"),
        (record(content__type=b"text/csv"), "content_type_unknown"),
        (record(key=None), "key_missing"),
        (record(body=b"{not json"), "invalid_body"),
        (record(body=b'{"idea_id": 7}'), "invalid_body"),
        (record(body=b"\xff"), "invalid_body"),
        (record(body=b"[]"), "invalid_body"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_record_that_is_no_event_is_parked_with_the_reason_once(tmp_path: Path, bad: Record, reason: str) -> None:
    ear = Hearer(database(tmp_path / "ear.db"), (IdeaWithdrawn,))
    good = record(2, key=b"other", body=b'{"idea_id":"other"}', ce_id=b"e2")
    for _ in range(2):
        assert ear.dispatch.handle(Batch([bad, good])) is Verdict.DONE
    with ear.database.reading() as connection:
        assert [row.reason for row in parked.everything(connection)] == [reason]
    assert ear.effects() == [("other", 1)]


def test_an_unknown_type_is_acknowledged_and_counted(tmp_path: Path) -> None:
    ear = Hearer(database(tmp_path / "ear.db"), (IdeaWithdrawn,))
    assert ear.dispatch.handle(Batch([record(ce_type=b"gort.future.thing.v9")])) is Verdict.DONE
    counted = ear.meters.registry.get_sample_value(
        "gort_events_total", {"service": "hearer", "stream": "intake.ideas", "outcome": "unheard"}
    )
    assert counted == 1
    assert ear.effects() == []


def event(number: int) -> Record:
    key = f"k{number % 3}"
    body = f'{{"idea_id":"{key}"}}'.encode()
    said = Said(number, f"e{number}", "intake.ideas", key, TYPE, number, "2026-11-24T12:00:00Z", "00-1-2-01", body)
    return encode(said, "intake")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deliveries=st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=8), max_size=8), failing=st.integers(0, 12)
)
def test_however_often_and_in_whatever_batches_each_event_has_its_effect_once(
    tmp_path_factory: pytest.TempPathFactory, deliveries: list[list[int]], failing: int
) -> None:
    failed: list[int] = []

    def once(heard: Event, _: UnitOfWork) -> None:
        if heard.sequence == failing and not failed:
            failed.append(failing)
            raise OSError("the disk blinked")

    ear = Hearer(database(tmp_path_factory.mktemp("any") / "ear.db"), (IdeaWithdrawn,), once)
    for batch in deliveries:
        assert ear.dispatch.handle(Batch([event(number) for number in batch])) is Verdict.DONE
    heard = [number for _, number in ear.effects()]
    assert sorted(heard) == sorted({number for batch in deliveries for number in batch})


def test_effect_and_mark_are_one_transaction(tmp_path: Path) -> None:
    """Were the mark written by itself, a death between the two would lose the effect, or double it."""
    store = database(tmp_path / "ear.db")
    with pytest.raises(KeyboardInterrupt), unit_of_work(store) as work:
        work.mark("note", "e1", event_time())
        work.connection.execute(insert(EFFECTS).values(key="k", number=1))
        work.flush()
        raise KeyboardInterrupt
    with store.reading() as connection:
        assert inbox.heard(connection, {("note", "e1")}) == set()
    assert Hearer(store, (IdeaWithdrawn,)).effects() == []


def event_time():
    from tests.conformance.rigs import NOW

    return NOW
