"""What dispatch does, over any transport, with records that are no events and with commits that fail."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from shared.events.idea_located import IdeaLocated
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.messaging.record import LONGEST, Record
from shared.messaging.transport import Batch, Verdict
from tests.conformance.records import numbered, record
from tests.conformance.stage import Hearer, opened

GOOD = record(2, b"other", b'{"idea_id":"other"}', ce_id=b"e2")


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Hearer]:
    database = opened(f"sqlite:///{tmp_path / 'hearer.db'}")
    hearer = Hearer("hearer", database, hears=(IdeaWithdrawn, IdeaLocated))
    yield hearer
    hearer.database.close()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(bad, reason, id=f"{number} {reason}")
        for number, (bad, reason) in enumerate(
            [
                (record(ce_id=None), "ce_id_missing"),
                (record(ce_id=b""), "ce_id_missing"),
                (record(ce_id=b"e" * 81), "ce_id_too_long"),
                (record(ce_type=None), "ce_type_missing"),
                (record(ce_source=b"\xff\xfe"), "header_not_text"),
                (record(added__later=b"\xff"), "header_not_text"),
                (record(ce_time=b"yesterday"), "sequence_or_time_malformed"),
                (record(ce_time=b"2026-11-24T12:00:00"), "sequence_or_time_malformed"),
                (record(ce_sequence=b"1.5"), "sequence_or_time_malformed"),
                (record(ce_sequence=b"-1"), "sequence_or_time_malformed"),
                (record(ce_sequence=b"9" * 30), "sequence_or_time_malformed"),
                (record(ce_specversion=b"0.3"), "specversion_unknown"),
                (record(content__type=b"text/csv"), "content_type_unknown"),
                (record(content__type=None), "content_type_unknown"),
                (record(key=None), "key_missing"),
                (record(key=b"\xff"), "key_not_text"),
                (record(key=b"k\0"), "key_not_text"),
                (record(ce_id=b"e\0"), "header_not_text"),
                (record(key=b"k" * 121), "key_too_long"),
                (record(body=b"{not json"), "invalid_body"),
                (record(body=b'{"idea_id": 7}'), "invalid_body"),
                (record(body=b'{"idea_id": "\xff"}'), "invalid_body"),
                (record(body=b""), "invalid_body"),
                (record(body=b"[]"), "invalid_body"),
                (record(body=b"null"), "invalid_body"),
            ]
        )
    ],
)
def test_a_record_that_is_no_event_is_parked_once_with_the_reason(ear: Hearer, bad: Record, reason: str) -> None:
    for _ in range(2):
        assert ear.dispatch.handle(Batch([bad, GOOD])) is Verdict.DONE
    assert [row.reason for row in ear.parked()] == [reason]
    assert ear.effects() == [("other", 1)], "the rest of the poll goes on"
    assert ear.counted("parked") == 1
    assert ear.parked()[0].headers == list(bad.headers), "kept as it came, to be replayed by a better reader"
    assert ear.parked()[0].body == bad.body


@pytest.mark.parametrize(
    ("passed_over", "outcome"),
    [
        (record(ce_type=b"gort.future.thing.v9"), "unheard"),
        (record(ce_type=IdeaLocated.type.encode(), body=None), "erased"),
    ],
    ids=["unheard", "erased"],
)
def test_a_record_that_asks_nothing_of_us_is_acknowledged_and_counted(
    ear: Hearer, passed_over: Record, outcome: str
) -> None:
    assert ear.dispatch.handle(Batch([passed_over, GOOD])) is Verdict.DONE
    assert ear.counted(outcome) == 1
    assert (ear.effects(), ear.parked()) == ([("other", 1)], [])


def test_an_event_that_says_nothing_but_its_key_is_whole_without_its_body(ear: Hearer) -> None:
    assert ear.dispatch.handle(Batch([record(body=None)])) is Verdict.DONE
    assert ear.effects() == [("k", 1)], "that an idea was taken back is never erased"


def test_a_header_that_is_null_is_as_one_that_is_absent(ear: Hearer) -> None:
    assert ear.dispatch.handle(Batch([record(traceparent=None, added__later=None)])) is Verdict.DONE
    assert ear.effects() == [("k", 1)]


def test_records_that_are_no_events_do_not_wait_for_each_other(ear: Hearer) -> None:
    """They have no key to be ordered by, or none to be trusted: each stands for itself."""
    ear.dispatch.handle(Batch([record(1, ce_id=None), record(2, ce_type=None)]))
    first, second = ear.parked()
    assert ear.dispatch.replay(second.id) == "ce_type_missing"
    ear.dispatch.discard(first.id)
    assert [row.attempts for row in ear.parked()] == [2]


@pytest.mark.parametrize("key", [b"\xff", b"k\0", b"k" * 121, None])
def test_a_record_that_was_refused_for_its_key_is_refused_again_when_it_is_replayed(
    ear: Hearer, key: bytes | None
) -> None:
    """What operators see of such a key would be a good one, of something else."""
    ear.dispatch.handle(Batch([record(key=key)]))
    (row,) = ear.parked()
    assert ear.dispatch.replay(row.id) == row.reason
    assert ear.dispatch.replay_all(row.reason) == 1
    assert (ear.effects(), ear.parked()[0].reason) == ([], row.reason)


def test_a_record_that_a_better_reader_understands_is_heard_when_it_is_replayed(
    ear: Hearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as after a release that accepts longer ids."""
    ear.dispatch.handle(Batch([record(ce_id=b"e" * 81)]))
    monkeypatch.setitem(LONGEST, "ce_id", 200)
    assert ear.dispatch.replay(ear.parked()[0].id) is None
    assert ear.effects() == [("k", 1)]
    assert not ear.parked()


def test_two_who_replay_at_once_have_one_effect(ear: Hearer) -> None:
    def poison(*_: object) -> None:
        raise ValueError

    ear.before = poison
    ear.dispatch.handle(Batch([numbered(1)]))
    row, ready = ear.parked()[0], threading.Barrier(2)
    ear.before = lambda *_: None

    def press() -> None:
        ready.wait(5)
        ear.dispatch.replay(row.id)

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join(10)
    assert ear.effects() == [("k1", 1)]


def test_on_a_machine_so_slow_that_one_event_takes_all_the_time_nothing_is_looked_up_again_and_again(
    ear: Hearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the slower it is the more it would have to do."""
    monkeypatch.setattr("shared.messaging.dispatch.BATCH_SECONDS", 0)
    asked: list[int] = []
    event.listen(
        ear.database.writer,
        "before_cursor_execute",
        lambda *call: asked.append(len(call[3])) if call[2].startswith("SELECT inbox") else None,
    )
    ear.dispatch.handle(Batch([numbered(n) for n in range(1, 201)]))
    assert len(ear.effects()) == 200
    assert len(asked) == 200, "a transaction each"
    assert sum(asked) < 200 * 6, "names of marks that were asked for, two a record"


def test_one_that_cannot_be_heard_costs_those_far_from_it_nothing(ear: Hearer) -> None:
    commits: list[int] = []
    event.listen(ear.database.writer, "commit", lambda _: commits.append(1))
    many = [numbered(n) for n in range(1, 201)]
    ear.dispatch.handle(Batch([*many[:3], record(500, ce_id=None), *many[3:]]))
    assert len(ear.effects()) == 200
    assert len(commits) < 40, "the odd one's neighbours were tried alone, the others together"


def test_what_the_database_refuses_is_parked_on_the_one_who_wrote_it(ear: Hearer) -> None:
    """A constraint that is broken will be broken again: it must not stop the stream."""
    with ear.database.writer.begin() as connection:
        connection.execute(text("CREATE UNIQUE INDEX once ON effects (reaction, key)"))
    ear.dispatch.handle(Batch([numbered(1, keys=1), numbered(7, keys=1), GOOD]))
    assert ear.effects() == [("k0", 1), ("other", 1)]
    assert [(row.key, row.position) for row in ear.parked()] == [("k0", 7)]
    assert ear.parked()[0].reason.startswith("IntegrityError")


def test_when_nothing_can_be_committed_the_stream_waits_and_nothing_is_parked(
    ear: Hearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is not the fault of an event."""

    def full(*_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr("shared.storage.unit_of_work.UnitOfWork.flush", full)
        broken.setattr("shared.storage.inbox.mark", full)
        assert ear.dispatch.handle(Batch([numbered(1), numbered(2)])) is Verdict.HOLD
        assert ear.dispatch.held["intake.ideas"].startswith("OperationalError")
    assert (ear.effects(), ear.parked()) == ([], [])
    assert ear.dispatch.handle(Batch([numbered(1), numbered(2)])) is Verdict.DONE
    assert (ear.effects(), ear.dispatch.held) == ([("k1", 1), ("k2", 2)], {})
