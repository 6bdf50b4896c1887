"""What every transport must keep. A case speaks through an outbox and looks at effects in the hearer's database."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.events.event import Event
from shared.events.idea_located import IdeaLocated
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.kernel.errors import Permanent, Transient
from shared.kernel.ids import IdeaId, LanguageTag, MunicipalityCode
from shared.messaging.transport import Batch, Verdict
from shared.storage import outbox, parked
from shared.storage.unit_of_work import UnitOfWork, unit_of_work
from tests.conformance.rigs import NOW, RIGS, Hearer, Speaker, database


@pytest.fixture(params=RIGS, ids=str)
def rig(request: pytest.FixtureRequest) -> Any:
    return RIGS[request.param]


@pytest.fixture
def speaker(tmp_path: Path) -> Speaker:
    return Speaker(tmp_path)


def gone(key: str, number: int = 1) -> IdeaWithdrawn:
    return IdeaWithdrawn(idea_id=IdeaId(key), sequence=number, at=NOW)


def hearer(tmp_path: Path, before: Callable[[Event, UnitOfWork], None] = lambda *_: None, **more: Any) -> Hearer:
    return Hearer(database(tmp_path / "hearer.db"), (IdeaWithdrawn,), before, **more)


def play(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scene())


async def until(holds: Callable[[], bool], patience: float = 10) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.01)


def test_what_happens_to_one_key_stays_in_order(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        ear = hearer(tmp_path)
        for number in range(200):
            speaker.say(gone(f"k{number % 7}", number))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: len(ear.effects()) == 200)
        for key in range(7):
            assert ear.numbers(f"k{key}") == [n for n in range(200) if n % 7 == key]

    play(scene)


def test_a_batch_that_is_handed_over_again_has_its_effect_once(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        ear = hearer(tmp_path)
        refused: list[int] = []

        def forgetful(batch: Batch) -> Verdict:
            """As when the process dies after the commit and before the transport knows."""
            ear.dispatch.handle(Batch(batch.records))
            if len(refused) < 2:
                refused.append(len(batch.records))
                return Verdict.HOLD
            return ear.dispatch.handle(batch)

        speaker.say(*(gone("k", n) for n in range(5)))
        async with rig(speaker) as here:
            await here.join(ear, forgetful)
            await until(lambda: len(refused) == 2 and len(ear.effects()) == 5)
            speaker.say(gone("k", 5))
            await until(lambda: 5 in ear.numbers("k"))
        assert ear.numbers("k") == [0, 1, 2, 3, 4, 5]

    play(scene)


def test_a_poisoned_event_is_parked_with_what_comes_behind_it_and_the_rest_goes_on(
    rig: Any, speaker: Speaker, tmp_path: Path
) -> None:
    async def scene() -> None:
        def poison(event: Event, _: UnitOfWork) -> None:
            if (event.key, event.sequence) == ("bad", 1):
                raise Permanent("cannot_be_digested")

        ear = hearer(tmp_path, poison)
        speaker.say(gone("bad", 1), gone("good", 1), gone("bad", 2), gone("good", 2))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: len(ear.effects()) == 2 and len(rows(ear)) == 2)
            assert ear.numbers("good") == [1, 2]
            assert [(r.key, r.reason) for r in rows(ear)] == [("bad", "cannot_be_digested"), ("bad", "behind")]
            assert ear.dispatch.replay(rows(ear)[0].id) == "cannot_be_digested"  # nothing has been put right yet
            assert [r.attempts for r in rows(ear)] == [2, 1]
            ear.before = lambda *_: None
            assert ear.dispatch.replay(rows(ear)[0].id) is None
        assert ear.numbers("bad") == [1, 2]
        assert not rows(ear)

    play(scene)


def test_a_passing_fault_is_tried_again_and_leaves_nothing_behind(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        tries: list[int] = []

        def shaky(event: Event, _: UnitOfWork) -> None:
            tries.append(event.sequence)
            if len(tries) < 3:
                raise Transient("not yet")

        ear = hearer(tmp_path, shaky)
        speaker.say(gone("k", 1))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: ear.numbers("k") == [1])
        assert len(tries) == 3
        assert not rows(ear)

    play(scene)


def test_a_fault_that_does_not_pass_ends_parked(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        def down(*_: object) -> None:
            raise Transient("down")

        ear = hearer(tmp_path, down)
        speaker.say(gone("k", 1))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: len(rows(ear)) == 1)
        assert ear.effects() == []

    play(scene)


def test_when_everything_fails_consuming_stops_and_goes_on_by_itself(
    rig: Any, speaker: Speaker, tmp_path: Path
) -> None:
    async def scene() -> None:
        def broken(*_: object) -> None:
            raise ValueError("a bad release")

        ear = hearer(tmp_path, broken, park_limit=3)
        speaker.say(*(gone(f"k{n}", n) for n in range(10)))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: bool(ear.dispatch.held))
            await asyncio.sleep(0.2)
            assert len(rows(ear)) == 3, "no more than the limit is parked"
            assert ear.dispatch.held == {"intake.ideas": "too_many_failed"}
            ear.before = lambda *_: None
            await until(lambda: len(ear.effects()) == 7)
            await until(lambda: not ear.dispatch.held)

    play(scene)


def test_a_new_process_over_the_same_databases_goes_on_where_the_old_one_was(
    rig: Any, speaker: Speaker, tmp_path: Path
) -> None:
    async def scene() -> None:
        for first in (0, 10, 20):
            ear = hearer(tmp_path)
            speaker.say(*(gone("k", n) for n in range(first, first + 10)))
            async with rig(speaker) as here:
                await here.join(ear)
                await until(lambda ear=ear, first=first: len(ear.effects()) == first + 10)
        assert hearer(tmp_path).numbers("k") == list(range(30))

    play(scene)


def test_a_slow_hearer_does_not_hold_up_the_others(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        go = threading.Event()
        slow = Hearer(database(tmp_path / "slow.db"), (IdeaWithdrawn,), lambda *_: void(go.wait(10)), service="slow")
        quick = Hearer(database(tmp_path / "quick.db"), (IdeaWithdrawn,), service="quick")
        speaker.say(gone("k", 1))
        async with rig(speaker) as here:
            await here.join(slow)
            await here.join(quick)
            await until(lambda: quick.numbers("k") == [1])
            assert slow.effects() == []
            go.set()
            await until(lambda: slow.numbers("k") == [1])

    play(scene)


def test_one_that_joins_later_learns_everything_that_is_kept(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        for number in range(3):
            speaker.say(*(given(f"k{key}", number) for key in range(5)))
        with unit_of_work(speaker.database) as work:
            outbox.compact(work.connection, "intake.contacts")
        ear = Hearer(database(tmp_path / "late.db"), (ContactGiven, ContactErased))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: len(ear.effects()) == 5)
        assert sorted(ear.effects()) == [(f"k{key}", 2) for key in range(5)]

    play(scene)


def test_one_that_leaves_hears_nothing_more_until_it_joins_again(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        ear, other = hearer(tmp_path), Hearer(database(tmp_path / "o.db"), (IdeaWithdrawn,), service="other")
        async with rig(speaker) as here:
            membership = await here.join(ear)
            await here.join(other)
            speaker.say(gone("k", 1))
            await until(lambda: ear.numbers("k") == [1])
            await membership.leave()
            speaker.say(gone("k", 2))
            await until(lambda: other.numbers("k") == [1, 2])
            assert ear.numbers("k") == [1]
            await here.join(ear)
            await until(lambda: ear.numbers("k") == [1, 2])

    play(scene)


def test_a_tombstone_arrives_and_an_erased_event_does_nothing(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        speaker.say(given("k", 1))
        with unit_of_work(speaker.database) as work:
            work.forget("k")
            work.say(ContactErased(idea_id=IdeaId("k"), sequence=2, at=NOW))
        ear = Hearer(database(tmp_path / "ear.db"), (ContactGiven, ContactErased))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: ear.numbers("k") == [2])
        assert not rows(ear)

    play(scene)


def test_a_stop_in_the_middle_of_a_batch_loses_nothing_and_doubles_nothing(
    rig: Any, speaker: Speaker, tmp_path: Path
) -> None:
    async def scene() -> None:
        ear = hearer(tmp_path, lambda *_: time.sleep(0.002))
        speaker.say(*(gone(f"k{n % 3}", n) for n in range(300)))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: len(ear.effects()) > 20)
        again = hearer(tmp_path)
        async with rig(speaker) as here:
            await here.join(again)
            await until(lambda: len(again.effects()) == 300)
        assert sorted(number for _, number in again.effects()) == list(range(300))

    play(scene)


def test_an_event_nobody_here_hears_is_passed_over(rig: Any, speaker: Speaker, tmp_path: Path) -> None:
    async def scene() -> None:
        ear = hearer(tmp_path)
        moved = IdeaLocated(idea_id=IdeaId("k"), sequence=1, at=NOW, municipality=MunicipalityCode("9901"))
        speaker.say(moved, gone("k", 2))
        async with rig(speaker) as here:
            await here.join(ear)
            await until(lambda: ear.numbers("k") == [2])
        assert not rows(ear)

    play(scene)


def given(key: str, number: int) -> ContactGiven:
    return ContactGiven(
        idea_id=IdeaId(key),
        sequence=number,
        at=NOW,
        name=None,
        email=None,
        phone=None,
        reach="none",
        language=LanguageTag("sv"),
    )


def rows(ear: Hearer) -> list[parked.Parked]:
    with ear.database.reading() as connection:
        return parked.everything(connection)


def void(_: object) -> None:
    """Nothing."""
