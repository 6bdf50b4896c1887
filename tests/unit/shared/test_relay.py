"""What the relay leaves where it is, and what it tells nevertheless."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from shared.events.event import Event
from shared.messaging.record import Record
from shared.messaging.relay import RELAY, Ahead, Mine, relay_once
from shared.storage import places
from shared.storage.database import Database
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.stage import gone, opened
from tests.conformance.test_transport import given

CONTACTS = frozenset({"intake.contacts"})


class Outbox:
    """One that is told to a broker which remembers, as `key number`, in the order in which it was told."""

    def __init__(self, database: Database) -> None:
        self.database, self.ahead, self.told = database, Ahead(), list[str]()

    def say(self, *events: Event) -> None:
        with unit_of_work(self.database) as work:
            for event in events:
                work.say(event)

    def relay(self, without: frozenset[str] = frozenset()) -> bool | None:
        return relay_once("speaker", self.database, self._tell, self.ahead, without)

    def place(self) -> int:
        with self.database.reading() as connection:
            return places.place(connection, RELAY)

    def _tell(self, records: Sequence[Record], _: Mine) -> list[bool]:
        headers = [dict(record.headers) for record in records]
        self.told += [f"{r.key.decode()} {int(h['ce_sequence'] or 0)}" for r, h in zip(records, headers, strict=True)]
        return [True] * len(records)


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    monkeypatch.setattr("shared.messaging.relay.MOST", 3)
    database = opened(f"sqlite:///{tmp_path}/speaker.db")
    yield Outbox(database)
    database.close()


def test_a_stream_that_is_left_out_hides_no_other_and_comes_in_order_later(box: Outbox) -> None:
    box.say(gone("other", 1), *(given("k", n) for n in range(1, 6)), gone("other", 2))
    assert box.relay(CONTACTS) is False, "something is left"
    box.say(gone("other", 3), given("k", 6))
    assert box.relay(CONTACTS) is False
    assert box.relay(CONTACTS) is False
    assert box.told == ["other 1", "other 2", "other 3"], "each once"
    assert box.place() == 1
    while box.relay():
        pass
    assert box.told[3:] == [f"k {n}" for n in range(1, 7)]
    assert box.place() == 9


def test_more_than_a_pass_may_hold_is_told_at_once_beside_a_stream_that_is_left_out(box: Outbox) -> None:
    box.say(given("k", 1), *(gone("other", n) for n in range(7)))
    assert [box.relay(CONTACTS) for _ in range(3)] == [True, True, False]
    assert len(box.told) == 7


def test_another_stream_that_is_left_out_hides_nothing_of_the_first(box: Outbox) -> None:
    box.say(given("k", 1), gone("other", 1), given("k", 2))
    box.relay(CONTACTS)
    box.relay(frozenset({"intake.ideas"}))
    assert box.told == ["other 1", "k 1", "k 2"]
    assert box.relay() is None
    assert box.place() == 3


def test_what_is_told_anew_is_told_whole_although_a_stream_is_left_out(box: Outbox) -> None:
    box.say(gone("other", 1), given("k", 1), gone("other", 2))
    box.relay(CONTACTS)
    with unit_of_work(box.database) as work:
        places.rewind(work.connection, RELAY)
    box.relay(CONTACTS)
    assert box.told == ["other 1", "other 2"] * 2


def test_nothing_is_left_when_another_replica_told_what_was_left_out(box: Outbox) -> None:
    box.say(given("k", 1), gone("other", 1))
    assert box.relay(CONTACTS) is False
    relay_once("speaker", box.database, lambda records, _: [True] * len(records))
    assert box.relay(CONTACTS) is None
