"""Assess ideas that wait, as soon as the directory is known. Computes outside any transaction; writes in one."""

import asyncio
import random
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from services.matching.commands.assess_idea import Assess, assess_idea
from services.matching.commands.set_aside import set_aside
from services.matching.domain.assessor import Opinion
from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Edition, Work
from shared.kernel.clock import Clock
from shared.messaging.parking import reason_of
from shared.messaging.reacting import PASSING
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.meters import ServiceMeters
from shared.telemetry.tracing import continuing

MOST = 100  # of the oldest, in any order: replicas seldom think of the same
TURN = 0.2  # s of thinking, then it is written and told

SPAN = "matching assess-waiting"

Thought = tuple[ToldIdea, Opinion]


class Directory:
    """The assessor built from the directory that was learned; built anew when that changes, thrown away at a stop.

    While entries are missing, as at the first start, it is `None`: half a directory gives half a match. When nothing has
    come for `patience` seconds, what is known is used: one entry that is parked must not stop everybody's ideas.
    """

    def __init__(self, store: Store[Work], build: Callable[[Work], Assess | None], patience: float) -> None:
        self._store, self._build, self._patience = store, build, patience
        self._built: Edition = Edition()
        self._latest: Edition = Edition()
        self._since = 0.0  # when the latest edition was first seen, s
        self._assess: Assess | None = None

    def assessor(self) -> Assess | None:
        """The one for the directory of now. Takes most of a second when the directory has changed."""
        with self._store.reading() as work:
            edition = work.entries.edition()
            if edition == self._built:
                return self._assess
            if edition != self._latest:
                self._latest, self._since = edition, time.monotonic()
            if not edition.whole:
                if time.monotonic() - self._since < self._patience:
                    return None
                logger("matching").warning("used a directory that lacks entries", count=edition.entries)
            self._assess, self._built = self._build(work), edition
        return self._assess


class Assessing:
    """Thinks of ideas that wait. One that cannot be assessed is set aside, and stops no other."""

    def __init__(self, store: Store[Work], directory: Directory, clock: Clock, meters: ServiceMeters) -> None:
        self._store, self._directory, self._clock, self._meters = store, directory, clock, meters
        self._starting = True
        meters.expect(metrics.CLASSIFIED, "outcome", ("classified", "abstained"))

    def look(self) -> int:
        """Think for a turn, then write and tell it; returns of how many ideas. Each start, so each release, tries all."""
        assess = self._directory.assessor()
        if assess is None:
            return 0
        if self._starting:
            with self._store.writing() as work:
                work.ideas.take_up()
            self._starting = False
        with self._store.reading() as work:
            waiting = work.ideas.waiting(MOST, self._clock.now())
        random.shuffle(waiting)
        until, tried = time.monotonic() + TURN, 0
        thought: list[Thought] = []
        while waiting and (not tried or time.monotonic() < until):
            idea, tried = waiting.pop(), tried + 1
            with self._stumbling(idea):
                thought.append((idea, assess(idea)))
        if thought:
            self._write(thought)
        return tried

    def _write(self, thought: Sequence[Thought]) -> None:
        """All in one transaction; when one of them cannot be written, each in its own."""
        try:
            self._keep(thought)
        except PASSING:
            raise  # a full disk, a locked file: no fault of an idea
        except Exception:
            for one in thought:
                with self._stumbling(one[0]):
                    self._keep([one])

    def _keep(self, thought: Sequence[Thought]) -> None:
        said: list[Opinion] = []
        with self._store.writing() as work:
            for idea, opinion in thought:
                with continuing(idea.trace, SPAN):
                    if assess_idea(idea, opinion, work, self._clock):
                        said.append(opinion)
        for opinion in said:
            self._count("abstained" if opinion.abstained else "classified")

    @contextmanager
    def _stumbling(self, idea: ToldIdea) -> Generator[None]:
        """As in dispatch: whatever one idea does, the others go on."""
        try:
            yield
        except PASSING:
            raise
        except Exception as error:
            with continuing(idea.trace, SPAN), self._store.writing() as work:
                given_up = set_aside(idea, reason_of(error), work, self._clock)
            logger("matching").error(
                "idea could not be assessed", idea=idea.idea_id, attempt=idea.stumbles + 1, **cause(error)
            )
            self._meters.count(metrics.STUMBLED, outcome="given_up" if given_up else "again")
            if given_up:
                self._count("abstained")

    def _count(self, outcome: str) -> None:
        self._meters.count(metrics.CLASSIFIED, outcome=outcome)
        self._meters.count(metrics.MATCHED)


def assess_waiting(store: Store[Work], directory: Directory, clock: Clock, meters: ServiceMeters) -> Job:
    """The duty. A commit wakes it: an idea that came, or the last entry of a directory that was being learned."""
    assessing = Assessing(store, directory, clock, meters)

    async def run() -> int:
        return await asyncio.to_thread(assessing.look)

    return Job("assess-waiting", run, every=5, on_commit=True)
