"""One idea that cannot be assessed stops no other: it is tried again, then left to a person, and healed by a release."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.matching.commands.assess_idea import Assess
from services.matching.commands.forget_idea import forget_idea
from services.matching.commands.keep_idea import keep_idea
from services.matching.commands.locate_idea import locate_idea
from services.matching.domain.told import TRIES, ToldIdea
from services.matching.domain.work import Work
from services.matching.jobs.assess_waiting import MOST, Directory, assess_waiting
from services.matching.service import assessor
from shared.kernel.ids import IdeaId, MunicipalityCode
from shared.runtime.jobs import Job
from shared.storage import outbox
from shared.storage.store import Store
from shared.telemetry.meters import Meters
from tests.unit.matching.test_learning import LITTLE, hear, said, store_of

GOOD, BAD = ToldIdea(IdeaId("good"), text="Vi vill låna ut verktyg."), ToldIdea(IdeaId("bad"), text="En hemlighet.")


class MovableClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class Matching:
    """Matching with the tiny directory, and a fault in its assessor for the idea that is named bad."""

    def __init__(self, store: Store[Work]) -> None:
        self.store, self.clock, self.meters = store, MovableClock(), Meters()
        self.fault: Exception | None = ValueError("En hemlighet.")
        self.start()

    def start(self) -> None:
        """As a new process, of this release or the next."""
        self.job: Job = assess_waiting(
            self.store, Directory(self.store, self._assessor, 60), self.clock, self.meters.of("matching")
        )

    def _assessor(self, work: Work) -> Assess | None:
        assess = assessor(work)
        assert assess

        def faulty(idea: ToldIdea):
            if self.fault and idea.idea_id == BAD.idea_id:
                raise self.fault
            return assess(idea)

        return faulty

    def tell(self, *ideas: ToldIdea) -> None:
        for idea in ideas:
            self.write(lambda work, told=idea: keep_idea(told, work, self.clock))

    def write(self, change: Callable[[Work], None]) -> None:
        with self.store.writing() as work:
            change(work)

    def turn(self) -> int:
        async def once() -> int:
            return await self.job.run()

        return asyncio.run(once())

    def until_given_up(self) -> None:
        for _ in range(TRIES):
            self.turn()
            self.clock.at += timedelta(hours=1)

    def said(self, idea: ToldIdea) -> list[tuple[str, bool | None]]:
        """(short type, abstained) of all that was said of an idea."""
        with self.store.database.reading() as connection:
            rows = [r for r in outbox.after(connection, "matching.matches", 0, 100) if r.key == idea.idea_id]
        return [(row.type.split(".")[2], json.loads(row.body or b"{}").get("abstained")) for row in rows]

    def idea(self, idea: ToldIdea) -> ToldIdea:
        with self.store.reading() as work:
            found = work.ideas.get(idea.idea_id)
        assert found
        return found

    def counted(self, name: str, **labels: str) -> float:
        return self.meters.registry.get_sample_value(name, {"service": "matching", **labels}) or 0


GIVEN_UP = [("idea-classified", True), ("idea-matched", None)]


@pytest.fixture
def matching(tmp_path: Path) -> Iterator[Matching]:
    store = store_of("matching", tmp_path / "matching.db")
    for event in said([LITTLE], tmp_path)[0]:
        hear(event, store)
    yield Matching(store)
    store.database.close()


def test_the_others_go_on_and_the_reason_is_kept_without_a_word_of_the_idea(matching: Matching) -> None:
    matching.tell(BAD, GOOD)
    matching.turn()
    assert (matching.said(BAD), len(matching.said(GOOD))) == ([], 2)
    bad = matching.idea(BAD)
    assert (bad.waits, bad.stumbles) == (True, 1)
    assert bad.stumbled
    assert bad.stumbled.startswith("ValueError test_stumbling.py:")
    assert matching.counted("gort_ideas_not_assessed_total", outcome="again") == 1


def test_it_is_tried_later_and_later_not_at_once(matching: Matching) -> None:
    matching.tell(BAD)
    assert [matching.turn(), matching.turn()] == [1, 0]
    waits: list[timedelta] = []
    while (bad := matching.idea(BAD)).waits:
        assert bad.again_at
        waits.append(bad.again_at - matching.clock.at)
        matching.clock.at = bad.again_at
        assert matching.turn() == 1
    assert len(waits) == TRIES - 1
    assert waits == sorted(set(waits))


def test_in_the_end_it_is_told_once_as_one_for_a_person_to_read(matching: Matching) -> None:
    matching.tell(BAD)
    matching.until_given_up()
    assert matching.said(BAD) == GIVEN_UP
    assert matching.counted("gort_ideas_not_assessed_total", outcome="given_up") == 1
    assert matching.counted("gort_ideas_classified_total", outcome="abstained") == 1
    for _ in range(3):
        matching.start()
        assert matching.turn() == 1, "each start tries it once"
        assert matching.turn() == 0
    assert matching.said(BAD) == GIVEN_UP


def test_a_release_that_can_assess_it_does(matching: Matching) -> None:
    matching.tell(BAD)
    matching.until_given_up()
    matching.fault = None
    assert matching.turn() == 0
    matching.start()
    matching.turn()
    assert matching.said(BAD)[2][0] == "idea-classified"
    assert len(matching.said(BAD)) == 4
    assert (matching.idea(BAD).stumbles, matching.idea(BAD).stumbled) == (0, None)


def test_a_start_does_not_wait_for_the_next_try(matching: Matching) -> None:
    matching.tell(BAD)
    matching.turn()
    matching.fault = None
    matching.start()
    matching.turn()
    assert len(matching.said(BAD)) == 2


def test_a_fault_that_passes_is_no_fault_of_the_idea(matching: Matching) -> None:
    matching.fault = OSError("disk full")
    matching.tell(BAD)
    with pytest.raises(OSError, match="disk full"):
        matching.turn()
    assert (matching.idea(BAD).waits, matching.idea(BAD).stumbles) == (True, 0)


def test_a_withdrawn_one_is_not_taken_up_again(matching: Matching) -> None:
    matching.tell(BAD)
    matching.turn()
    matching.write(lambda work: forget_idea(BAD.idea_id, work, matching.clock))
    matching.start()
    assert matching.turn() == 0
    assert matching.idea(BAD) == ToldIdea(BAD.idea_id, withdrawn=True)


def test_a_corrected_place_is_tried_at_once(matching: Matching) -> None:
    matching.tell(BAD)
    matching.turn()
    matching.write(lambda work: locate_idea(BAD.idea_id, MunicipalityCode("9901"), work, matching.clock))
    matching.fault = None
    assert matching.turn() == 1
    assert len(matching.said(BAD)) == 2


def test_a_turn_takes_a_bounded_bite_so_that_a_stop_never_waits_long(matching: Matching) -> None:
    crowd = [ToldIdea(IdeaId(f"idea-{number}"), text="?") for number in range(MOST + 10)]
    matching.tell(*crowd)
    first = matching.turn()
    assert 0 < first <= MOST
    while matching.turn():
        pass
    assert all(not matching.idea(idea).waits for idea in crowd)
