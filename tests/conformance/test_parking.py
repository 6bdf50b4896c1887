"""What happens to what cannot be digested: tried again, put aside in order, held when it is everything, taken up again."""

from collections import Counter

from shared.events.event import Event
from shared.events.event_parked import EventParked
from shared.events.event_unparked import EventUnparked
from shared.events.idea_located import IdeaLocated
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.kernel.errors import Permanent, Transient
from shared.kernel.ids import IdeaId, MunicipalityCode
from shared.messaging.parking import known_as
from shared.storage import outbox
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.stage import NOW, Hearer, Stage, gone, played, until


class Poison:
    """Refuses what `bad` names, until somebody empties it."""

    def __init__(self, *bad: tuple[str, int], only: str = "") -> None:
        self.bad, self.only = set(bad), only

    def __call__(self, event: Event, reaction: str) -> None:
        if (event.key, event.sequence) in self.bad and self.only in ("", reaction):
            raise Permanent("cannot_be_digested")


def told(ear: Hearer) -> list[tuple[str, str]]:
    """What a service has told operators of its parked events: (reason or outcome, key of the parked row)."""
    with ear.database.reading() as connection:
        rows = outbox.after(connection, EventParked.stream, 0, 99)
    kinds: dict[str, type[EventParked] | type[EventUnparked]] = {e.type: e for e in (EventParked, EventUnparked)}
    events = [kinds[row.type].read(row.body, key=row.key, sequence=row.sequence, at=NOW) for row in rows]
    return [(e.reason if isinstance(e, EventParked) else e.outcome, e.key) for e in events]


def key_of(ear: Hearer, row_id: int) -> str:
    """What operators are told to know a row by, which is still parked."""
    (row,) = [row for row in ear.parked() if row.id == row_id]
    return known_as("hearer", row)


@played
async def test_poison_is_parked_with_what_comes_behind_it_and_other_keys_go_on(stage: Stage) -> None:
    speaker, ear = stage.speaker(), stage.hearer(before=Poison(("bad", 1)))
    speaker.say(gone("bad", 1), gone("good", 1), gone("bad", 2))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: len(ear.parked()) == 2)
        speaker.say(gone("good", 2), gone("bad", 3))  # a batch without poison, behind it all the same
        await until(lambda: len(ear.parked()) == 3 and len(ear.effects()) == 2)
    assert ear.numbers("good") == [1, 2]
    assert ear.reasons() == [("bad", "cannot_be_digested"), ("bad", "behind"), ("bad", "behind")]
    assert told(ear) == [("cannot_be_digested", key_of(ear, 1))], "one cause, one line on the operators' list"


@played
async def test_other_reactions_to_the_same_event_go_on(stage: Stage) -> None:
    speaker = stage.speaker()
    ear = stage.hearer(before=Poison(("k", 1), only="count"), reactions=("note", "count"))
    speaker.say(gone("k", 1), gone("k", 2))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: len(ear.parked()) == 2)
    assert ear.numbers("k", "note") == [1, 2]
    assert ear.numbers("k", "count") == []
    assert ear.dispatch.replay(ear.parked()[0].id) == "cannot_be_digested"
    ear.before = lambda *_: None
    assert ear.dispatch.replay(ear.parked()[0].id) is None
    assert ear.numbers("k", "note") == [1, 2], "the reaction that went well is not replayed"
    assert ear.numbers("k", "count") == [1, 2]


@played
async def test_a_passing_fault_is_tried_again_and_leaves_nothing_behind(stage: Stage) -> None:
    tries: Counter[str] = Counter()

    def shaky(_: Event, reaction: str) -> None:
        tries[reaction] += 1
        if tries[reaction] < 3:
            raise Transient("not yet")

    speaker, ear = stage.speaker(), stage.hearer(before=shaky, reactions=("note", "count"))
    speaker.say(gone("k", 1))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: ear.numbers("k", "count") == [1])
    assert ear.numbers("k", "note") == [1]
    assert not ear.parked()


@played
async def test_a_fault_that_does_not_pass_is_tried_a_few_times_and_parked(stage: Stage) -> None:
    tries: list[str] = []

    def down(*_: object) -> None:
        tries.append("")
        raise Transient("down")

    speaker, ear = stage.speaker(), stage.hearer(before=down)
    speaker.say(gone("k", 1))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(ear.parked)
    assert len(tries) == 1 + ear.dispatch.retry.attempts, "once in the batch, then as often as the policy says"
    assert ear.parked()[0].reason.startswith("Transient test_parking.py:"), "where, never what: messages may hold names"
    assert ear.effects() == []


@played
async def test_when_everything_fails_consuming_stops_and_goes_on_by_itself(stage: Stage) -> None:
    tries: list[str] = []

    def broken(event: Event, _: str) -> None:
        if isinstance(event, IdeaWithdrawn):
            tries.append(event.key)
            raise ValueError("a bad release")

    speaker = stage.speaker()
    ear = stage.hearer(hears=(IdeaWithdrawn, IdeaLocated), before=broken, park_limit=3)
    for n in range(10):  # what goes well in between does not hide it
        moved = IdeaLocated(idea_id=IdeaId(f"m{n}"), sequence=n, at=NOW, municipality=MunicipalityCode("9901"))
        speaker.say(gone(f"k{n}", n), moved)
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: ear.dispatch.held and max(Counter(tries).values()) > 6)  # handed over again and again
        assert len(ear.reasons()) == len({key for key, _ in ear.reasons()}) == 3, "no more than the limit"
        assert len({reason for _, reason in ear.reasons()}) == 1
        assert ear.dispatch.held == {"intake.ideas": "too_many_failed"}
        labels = {"service": "hearer", "stream": "intake.ideas"}
        assert ear.meters.registry.get_sample_value("gort_consuming_stopped", labels) == 1
        ear.before = lambda *_: None
        await until(lambda: len(ear.effects()) == 17 and not ear.dispatch.held)
        assert ear.meters.registry.get_sample_value("gort_consuming_stopped", labels) == 0


@played
async def test_an_operator_who_discards_makes_room_for_what_comes_next_in_whichever_replica(stage: Stage) -> None:
    speaker, replica = stage.speaker(), stage.hearer()
    ear = stage.hearer(before=Poison(*((f"k{n}", n) for n in range(3))), park_limit=2)
    speaker.say(*(gone(f"k{n}", n) for n in range(3)))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: ear.dispatch.held)
        discarded, kept = ear.parked()
        replica.dispatch.discard(discarded.id)
        speaker.say(gone("k3", 3))
        await until(lambda: ear.numbers("k3") == [3] and len(ear.parked()) == 2)
    assert ear.parked()[0] == kept


@played
async def test_what_is_played_again_and_fails_again_makes_no_room(stage: Stage) -> None:
    poison = Poison(*((f"k{n}", n) for n in range(3)))
    speaker, ear, replica = stage.speaker(), stage.hearer(before=poison, park_limit=2), stage.hearer(before=poison)
    speaker.say(*(gone(f"k{n}", n) for n in range(3)))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: ear.dispatch.held)
        assert replica.dispatch.replay_all("cannot_be_digested") == 2
        assert (len(ear.parked()), ear.dispatch.held) == (2, {"intake.ideas": "too_many_failed"})
        good = ear.parked()[0].key
        poison.bad = {(key, number) for key, number in poison.bad if key != good}
        assert replica.dispatch.replay_all("cannot_be_digested") == 1
        await until(lambda: {key for key, _ in ear.reasons()} == {"k0", "k1", "k2"} - {good} and not ear.dispatch.held)


@played
async def test_replaying_takes_the_whole_queue_in_order_whichever_is_named(stage: Stage) -> None:
    poison = Poison(("bad", 1), ("bad", 3))
    speaker, ear = stage.speaker(), stage.hearer(before=poison)
    speaker.say(*(gone("bad", n) for n in range(1, 5)))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: len(ear.parked()) == 4)
        last = ear.parked()[-1].id
        assert ear.dispatch.replay(last) == "cannot_be_digested", "nothing has been put right yet"
        assert [row.attempts for row in ear.parked()] == [2, 1, 1, 1]
        poison.bad.remove(("bad", 1))
        assert ear.dispatch.replay(last) == "cannot_be_digested"
        assert ear.numbers("bad") == [1, 2], "as far as the next trouble"
        assert told(ear)[-1] == ("cannot_be_digested", key_of(ear, 3)), "which the operators now learn of"
        poison.bad.clear()
        assert ear.dispatch.replay(last) is None
        speaker.say(gone("bad", 5))
        await until(lambda: ear.numbers("bad") == [1, 2, 3, 4, 5])
    assert not ear.parked()
    listed: set[str] = set()
    for word, row in told(ear):
        (listed.discard if word == "replayed" else listed.add)(row)
    assert not listed, "the operators' list is empty again"


@played
async def test_all_of_one_cause_are_replayed_together(stage: Stage) -> None:
    poison = Poison(("a", 1), ("b", 1), ("c", 1))
    speaker, ear = stage.speaker(), stage.hearer(before=poison)
    speaker.say(gone("a", 1), gone("b", 1), gone("c", 1), gone("a", 2))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: len(ear.parked()) == 4)
    poison.bad = {("b", 1)}
    assert ear.dispatch.replay_all("cannot_be_digested") == 1, "one still fails, and does not stop the others"
    assert (ear.numbers("a"), ear.numbers("c")) == ([1, 2], [1])
    assert ear.reasons() == [("b", "cannot_be_digested")]


@played
async def test_what_waited_behind_a_discarded_event_is_told_and_can_be_replayed(stage: Stage) -> None:
    speaker, ear = stage.speaker(), stage.hearer(before=Poison(("bad", 1)))
    speaker.say(gone("bad", 1), gone("bad", 2))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: len(ear.parked()) == 2)
    first, second = ear.parked()
    ear.dispatch.discard(first.id)
    ear.dispatch.discard(first.id)
    assert told(ear)[1:] == [("discarded", known_as("hearer", first)), ("behind", known_as("hearer", second))]
    assert ear.dispatch.replay(second.id) is None
    assert ear.numbers("bad") == [2]


@played
async def test_what_was_erased_while_it_was_parked_leaves_without_an_effect_but_a_withdrawal_keeps_its(
    stage: Stage,
) -> None:
    poison = Poison(("k", 1), ("k", 2))
    speaker, ear = stage.speaker(), stage.hearer(hears=(IdeaLocated, IdeaWithdrawn), before=poison)
    told_where = IdeaLocated(idea_id=IdeaId("k"), sequence=1, at=NOW, municipality=MunicipalityCode("9901"))
    speaker.say(told_where, gone("k", 2))
    async with stage.process(speaker) as transport:
        await ear.join(transport)
        await until(lambda: len(ear.parked()) == 2)
    with unit_of_work(ear.database) as work:
        work.forget("k")
    poison.bad.clear()
    assert [row.body for row in ear.parked()] == [None, None]
    assert [ear.dispatch.replay(row.id) for row in ear.parked()] == [None, None]
    assert (ear.parked(), ear.effects()) == ([], [("k", 2)])


@played
async def test_a_row_that_a_restored_database_numbers_again_has_another_name(stage: Stage) -> None:
    speaker, backup, ear = stage.speaker(), stage.hearer("backup"), stage.hearer(before=Poison(("bad", 1)))
    speaker.say(gone("bad", 1))
    async with stage.process(speaker) as transport:
        for life in (backup, ear):
            life.before = Poison(("bad", 1))
            await life.join(transport)
            await until(lambda here=life: len(here.parked()) == 1)
    (first,), (again,) = backup.parked(), ear.parked()
    assert (first.id, first.event_id) == (again.id, again.event_id), "as when the same is heard again after a restore"
    assert known_as("hearer", first) != known_as("hearer", again)
