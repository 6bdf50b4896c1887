"""What every transport keeps: order per key, every effect once, whoever dies, is slow, leaves or comes late."""

import threading
import time

from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.events.event import Event
from shared.events.idea_located import IdeaLocated
from shared.kernel.ids import IdeaId, LanguageTag, MunicipalityCode
from shared.messaging.transport import Batch, Verdict
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.stage import NOW, Killed, Stage, gone, played, until


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


@played
async def test_what_happens_to_one_key_stays_in_order(stage: Stage) -> None:
    speaker, ear = stage.speaker(), stage.hearer()
    speaker.say(*(gone(f"k{number % 7}", number) for number in range(100)))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        for number in range(100, 200):
            speaker.say(gone(f"k{number % 7}", number))
        await until(lambda: len(ear.effects()) == 200)
    for key in range(7):
        assert ear.numbers(f"k{key}") == [n for n in range(200) if n % 7 == key]


@played
async def test_two_services_may_speak_on_one_stream(stage: Stage) -> None:
    first, second, ear = stage.speaker("first"), stage.speaker("second"), stage.hearer()
    first.say(gone("a", 1))
    second.say(gone("b", 1))
    async with stage.process(first, second) as transport:
        await ear.join(transport)
        await until(lambda: sorted(ear.effects()) == [("a", 1), ("b", 1)])


@played
async def test_who_dies_after_the_commit_hears_again_and_does_nothing_twice(stage: Stage) -> None:
    speaker, ear = stage.speaker(), stage.hearer()
    died: list[int] = []  # how many records had their effect each time

    def dying(batch: Batch) -> Verdict:
        """The effects are committed; the transport never learns of it."""
        if len(died) < 2:
            ear.dispatch.handle(Batch(batch.records))
            died.append(len(batch.records))
            return Verdict.HOLD
        return ear.dispatch.handle(batch)

    speaker.say(*(gone("k", n) for n in range(5)))
    async with stage.process(speaker) as transport:
        await ear.join(transport, dying)
        await until(lambda: len(died) == 2 and ear.counted("again") == sum(died) and len(ear.effects()) == 5)
    assert ear.numbers("k") == [0, 1, 2, 3, 4]


@played
async def test_who_dies_before_the_commit_has_done_nothing_and_hears_again(stage: Stage) -> None:
    speaker, ear = stage.speaker(), stage.hearer()
    deaths: list[int] = []

    def fatal(event: Event, _: str) -> None:
        if event.sequence == 3 and len(deaths) < 2:
            deaths.append(len(ear.effects()))  # as a reader sees it while the work is going on
            raise Killed

    def dying(batch: Batch) -> Verdict:
        try:
            return ear.dispatch.handle(batch)
        except Killed:
            return Verdict.HOLD

    ear.before = fatal
    speaker.say(*(gone("k", n) for n in range(5)))
    async with stage.process(speaker) as transport:
        await ear.join(transport, dying)
        await until(lambda: len(ear.effects()) == 5)
    assert deaths == [0, 0]
    assert ear.numbers("k") == [0, 1, 2, 3, 4]


@played
async def test_a_new_process_goes_on_where_the_old_one_was(stage: Stage) -> None:
    speaker = stage.speaker()
    for first in (0, 10, 20):
        ear = stage.hearer()
        speaker.say(*(gone("k", n) for n in range(first, first + 10)))
        async with stage.process(speaker) as transport:
            await ear.join(transport)
            await until(lambda ear=ear, first=first: len(ear.effects()) == first + 10)
    assert stage.hearer().numbers("k") == list(range(30))


@played
async def test_a_stop_in_the_middle_of_a_batch_loses_nothing_and_doubles_nothing(stage: Stage) -> None:
    speaker = stage.speaker()
    speaker.say(*(gone(f"k{n % 3}", n) for n in range(700)))
    ear = stage.hearer(before=lambda *_: time.sleep(0.001))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(ear.effects)
    assert 0 < len(ear.effects()) < 700, "it was not stopped in the middle"
    again = stage.hearer()
    async with stage.process(speaker) as transport:
        await again.join(transport)
        await until(lambda: len(again.effects()) >= 700)
    assert sorted(number for _, number in again.effects()) == list(range(700))


@played
async def test_slow_hearers_do_not_hold_up_the_others(stage: Stage) -> None:
    speaker, go = stage.speaker(), threading.Event()
    slow = [stage.hearer(f"slow{n}", before=lambda *_: void(go.wait(20))) for n in range(5)]
    quick = stage.hearer("quick")
    speaker.say(gone("k", 1))
    async with stage.process(speaker) as transport:
        for ear in (*slow, quick):
            await ear.join(transport)
        await until(lambda: quick.numbers("k") == [1])
        assert not any(ear.effects() for ear in slow)
        go.set()
        await until(lambda: all(ear.numbers("k") == [1] for ear in slow))


@played
async def test_a_stream_that_waits_does_not_hold_up_the_others(stage: Stage) -> None:
    def waits(event: Event, _: str) -> None:
        if isinstance(event, ContactGiven):
            raise OSError("not now")

    speaker = stage.speaker()
    ear = stage.hearer(hears=(ContactGiven, type(gone("k"))), before=waits, park_limit=0)
    speaker.say(given("k", 1), gone("k", 1))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: ear.numbers("k") == [1] and "intake.contacts" in ear.dispatch.held)
    assert "intake.ideas" not in ear.dispatch.held


@played
async def test_one_that_leaves_hears_nothing_more_until_it_joins_again(stage: Stage) -> None:
    speaker, ear, other = stage.speaker(), stage.hearer(), stage.hearer("other")
    async with stage.process(speaker) as transport:
        membership = await ear.join(transport)
        await other.join(transport)
        speaker.say(gone("k", 1))
        await until(lambda: ear.numbers("k") == [1])
        await membership.leave()
        await membership.leave()
        speaker.say(gone("k", 2))
        await until(lambda: other.numbers("k") == [1, 2])
        assert ear.numbers("k") == [1]
        await ear.join(transport)
        await until(lambda: ear.numbers("k") == [1, 2])


@played
async def test_a_service_that_is_carried_later_is_heard_from_its_first_word(stage: Stage) -> None:
    early, late, ear = stage.speaker("early"), stage.speaker("late"), stage.hearer()
    late.say(gone("k", 1))
    async with stage.process(early) as transport:
        await ear.join(transport)
        transport.carry(late.name, late.database)
        await until(lambda: ear.numbers("k") == [1])


@played
async def test_one_that_joins_late_learns_the_newest_of_every_key(stage: Stage) -> None:
    newest = {f"k{key}": 2 for key in range(40)}
    speaker, witness = stage.speaker(), stage.hearer("witness", hears=(ContactGiven,))
    late = stage.hearer("late", hears=(ContactGiven, ContactErased))
    for number in range(3):
        speaker.say(*(given(f"k{key}", number) for key in range(40)))
    async with stage.process(speaker) as transport:
        await witness.join(transport)
        await until(lambda: dict(witness.effects()) == newest)
        await late.join(transport)
        await until(lambda: dict(late.effects()) == newest)


@played
async def test_a_tombstone_arrives_and_an_erased_event_is_acknowledged(stage: Stage) -> None:
    speaker = stage.speaker()
    speaker.say(given("k", 1))
    with unit_of_work(speaker.database) as work:
        work.forget("k")
        work.say(ContactErased(idea_id=IdeaId("k"), sequence=2, at=NOW))
    ear = stage.hearer(hears=(ContactGiven, ContactErased))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: ear.numbers("k") == [2])
    assert ear.counted("erased", "intake.contacts") == 1
    assert not ear.parked()


@played
async def test_an_event_that_nobody_here_hears_is_acknowledged_and_counted(stage: Stage) -> None:
    speaker, ear = stage.speaker(), stage.hearer()
    moved = IdeaLocated(idea_id=IdeaId("k"), sequence=1, at=NOW, municipality=MunicipalityCode("9901"))
    speaker.say(moved, gone("k", 2))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: ear.numbers("k") == [2])
    assert ear.counted("unheard") == 1
    assert not ear.parked()


def void(_: object) -> None:
    """Nothing."""
