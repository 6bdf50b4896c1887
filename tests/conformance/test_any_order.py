"""However deliveries are shuffled, doubled, cut into batches and killed, a service ends in the same state."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from shared.messaging.record import Record
from shared.messaging.transport import Batch, Verdict
from shared.storage import inbox
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.records import numbered
from tests.conformance.stage import EFFECTS, NOW, Hearer, Killed, opened

KEYS = 3
A_YEAR_OF_EVENTS = [numbered(number, KEYS) for number in range(1, 25)]
TOLD = sorted((f"k{number % KEYS}", number) for number in range(1, 25))


@st.composite
def shuffled_and_doubled(draw: st.DrawFn, records: Sequence[Record]) -> list[list[Record]]:
    """Every record at least once, some again, in any order, as polls of any size."""
    again = draw(st.lists(st.sampled_from(records), max_size=20))
    rest = draw(st.permutations([*records, *again]))
    polls: list[list[Record]] = []
    while rest:
        size = draw(st.integers(1, 12))
        polls.append(rest[:size])
        rest = rest[size:]
    return polls


# Every fourth run at most: a fault that comes again and again is no passing one, and would be parked.
TROUBLES = st.dictionaries(st.integers(1, 15).map(lambda n: 4 * n), st.booleans())


@settings(max_examples=40, deadline=None)
@given(polls=shuffled_and_doubled(A_YEAR_OF_EVENTS), troubles=TROUBLES)
def test_order_and_repetition_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, polls: list[list[Record]], troubles: dict[int, bool]
) -> None:
    """`troubles` says at which runs of the reaction it is killed (True) or fails in passing (False)."""
    runs = iter(range(1, 10_000))

    def troubled(*_: object) -> None:
        trouble = troubles.get(next(runs))
        if trouble is not None:
            raise Killed if trouble else OSError("the disk blinked")

    ear = Hearer("hearer", opened(f"sqlite:///{tmp_path_factory.mktemp('any') / 'ear.db'}"), before=troubled)
    for poll in polls:
        while delivered(ear, poll) is not Verdict.DONE:
            """Delivered again to the next process."""
    assert sorted(ear.effects()) == TOLD
    assert not ear.parked()
    ear.database.close()


def delivered(ear: Hearer, poll: list[Record]) -> Verdict:
    try:
        return ear.dispatch.handle(Batch(poll))
    except Killed:
        return Verdict.HOLD


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Hearer]:
    hearer = Hearer("hearer", opened(f"sqlite:///{tmp_path / 'hearer.db'}"))
    yield hearer
    hearer.database.close()


@pytest.mark.parametrize("poll", [A_YEAR_OF_EVENTS[:1], A_YEAR_OF_EVENTS], ids=["alone", "in a batch"])
def test_effect_mark_and_place_are_one_transaction(
    ear: Hearer, poll: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at the last moment before the commit, none of the three is there: were one of them committed by itself,

    an event would be lost (the mark or the place first) or have its effect twice (the effect first).
    """
    places: list[int] = []

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr("sqlalchemy.engine.RootTransaction.commit", killed)
    with pytest.raises(Killed):
        ear.dispatch.handle(Batch(poll, lambda _, position: places.append(position)))
    monkeypatch.undo()
    assert places, "the place was moved inside the transaction that died"
    with ear.database.reading() as connection:
        marks = inbox.heard(connection, {(f"note-{ear.hears[0].type}", f"e{number}") for number in range(1, 25)})
    assert (marks, ear.effects()) == (set(), [])
    assert ear.dispatch.handle(Batch(poll)) is Verdict.DONE
    assert len(ear.effects()) == len(poll)


def test_a_mark_in_a_transaction_of_its_own_would_be_found_out(ear: Hearer) -> None:
    """The mistake itself, so that the test above is known to see it: mark, commit, die, and the effect never comes."""
    with unit_of_work(ear.database) as work:
        work.mark(f"note-{ear.hears[0].type}", "e1", NOW)
    with pytest.raises(Killed), unit_of_work(ear.database) as work:
        work.connection.execute(insert(EFFECTS).values(reaction="note", key="k1", number=1))
        raise Killed
    assert ear.dispatch.handle(Batch([numbered(1)])) is Verdict.DONE
    with ear.database.reading() as connection:
        assert connection.execute(select(EFFECTS)).all() == [], "lost: this is why it must never be so"
