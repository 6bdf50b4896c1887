"""Matching knows when it has heard the whole directory, in whatever order it is told, and judges no idea by half of it."""

import asyncio
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.directory.commands.take_over import take_over
from services.directory.domain.pack_entry import PackEntry
from services.directory.sources import pack
from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from services.matching.jobs.assess_waiting import Directory, assess_waiting
from services.matching.reactions.on_entry_published import on_entry_published
from services.matching.reactions.on_entry_withdrawn import on_entry_withdrawn
from services.matching.service import assessor
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.events.event import Event
from shared.kernel.clock import SystemClock
from shared.kernel.ids import IdeaId
from shared.storage.store import Store
from shared.telemetry.meters import Meters
from tests.unit.matching.conftest import ROOT

LITTLE = pack.read(ROOT / "tests" / "packs" / "liten")
CLOCK = SystemClock()
IDEA = ToldIdea(IdeaId("one"), text="Vi vill låna ut verktyg till varandra.", waits=True)
editions = st.lists(st.sets(st.integers(0, len(LITTLE) - 1)), min_size=1, max_size=4)


def store_of(service: str, file: Path) -> Store[Work]:
    work = import_module(f"services.{service}.storage.work").SqlWork
    made = Store[Work](f"sqlite:///{file}", work, ROOT / "services" / service / "storage" / "migrations")
    made.migrate()
    return made


@pytest.fixture
def matching(tmp_path: Path) -> Iterator[Store[Work]]:
    made = store_of("matching", tmp_path / "matching.db")
    yield made
    made.database.close()


def said(entries: Sequence[Sequence[PackEntry]], folder: Path) -> list[list[Event]]:
    """What the directory says when it reads one pack after another."""
    told: list[list[Event]] = []
    directory = store_of("directory", folder / "directory.db")
    for now in entries:
        with directory.writing() as work:
            told.append([])
            work.say = told[-1].append  # pyright: ignore[reportAttributeAccessIssue]
            take_over(now, work, CLOCK)  # pyright: ignore[reportArgumentType]
    directory.database.close()
    return told


def hear(event: Event, store: Store[Work]) -> None:
    with store.writing() as work:
        if isinstance(event, EntryPublished):
            on_entry_published(event, work, CLOCK)
        elif isinstance(event, EntryWithdrawn):
            on_entry_withdrawn(event, work, CLOCK)


def keys(store: Store[Work]) -> tuple[bool, set[str]]:
    with store.reading() as work:
        return work.entries.edition().whole, {f"{entry.kind}:{entry.id}" for entry in work.entries.all()}


@settings(max_examples=15, deadline=None)
@given(packs=editions, chance=st.randoms(use_true_random=False))
def test_in_any_order_it_is_whole_just_when_it_is_what_the_directory_once_said(
    packs: list[set[int]], chance: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("learning")
    read = [[LITTLE[number] for number in sorted(numbers)] for numbers in packs]
    events = [event for reading in said(read, folder) for event in reading]
    order = [*events, *chance.sample(events, len(events) // 2)]
    chance.shuffle(order)
    once_said = [set[str](), *({entry.key for entry in now} for now in read)]
    matching = store_of("matching", folder / "matching.db")
    for event in order:
        hear(event, matching)
        whole, known = keys(matching)
        assert not whole or known in once_said, "half a directory was called whole"
    assert keys(matching) == (True, once_said[-1])
    matching.database.close()


def duty(store: Store[Work], patience: float) -> int:
    """One turn of the duty in a process that has just started; how many ideas it judged."""
    job = assess_waiting(store, Directory(store, assessor, patience), CLOCK, Meters().of("matching"))

    async def turn() -> int:
        return await job.run()

    return asyncio.run(turn())


def test_no_idea_is_judged_before_the_last_entry_is_heard(matching: Store[Work], tmp_path: Path) -> None:
    ((*most, last),) = said([LITTLE], tmp_path)
    with matching.writing() as work:
        work.ideas.put(IDEA, CLOCK.now())
    for event in most:
        hear(event, matching)
    assert duty(matching, patience=60) == 0
    hear(last, matching)
    assert duty(matching, patience=60) == 1


def test_an_entry_that_never_comes_stops_nobody_for_long(matching: Store[Work], tmp_path: Path) -> None:
    ((_, *rest),) = said([LITTLE], tmp_path)
    with matching.writing() as work:
        work.ideas.put(IDEA, CLOCK.now())
    for event in rest:
        hear(event, matching)
    assert duty(matching, patience=0) == 1


def test_a_withdrawn_entry_counts_for_those_who_come_later(matching: Store[Work], tmp_path: Path) -> None:
    """As a new replica learns: of each entry the newest event alone."""
    newest = {event.key: event for reading in said([LITTLE, LITTLE[1:]], tmp_path) for event in reading}
    for event in newest.values():
        hear(event, matching)
    assert keys(matching) == (True, {entry.key for entry in LITTLE[1:]})


def test_a_directory_learned_before_editions_were_said_is_used_at_once(matching: Store[Work], tmp_path: Path) -> None:
    """As after an upgrade from the first release: no entry says an edition until one changes."""
    for event in said([LITTLE], tmp_path)[0]:
        hear(event.model_copy(update={"edition": 0}), matching)
    with matching.writing() as work:
        work.ideas.put(IDEA, CLOCK.now())
    assert duty(matching, patience=60) == 1
