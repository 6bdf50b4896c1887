"""Assess ideas that wait, as soon as the directory is known. Computes outside any transaction; writes in one."""

import asyncio
import time
from collections.abc import Callable

from services.matching.commands.assess_idea import Assess, assess_idea
from services.matching.commands.set_aside import set_aside
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

MOST, TURN = 50, 0.5  # ideas and seconds a turn, whichever is reached first: a stop never waits long


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


def assess_waiting(store: Store[Work], directory: Directory, clock: Clock, meters: ServiceMeters) -> Job:
    """The duty. A commit wakes it: an idea that came, or the last entry of a directory that was being learned.

    An idea that cannot be assessed is set aside, and stops no other. Each start, so each release, tries it again.
    """
    starting = True
    meters.expect(metrics.CLASSIFIED, "outcome", ("classified", "abstained"))

    def run_once() -> int:
        nonlocal starting
        assess = directory.assessor()
        if assess is None:
            return 0
        if starting:
            with store.writing() as work:
                work.ideas.take_up()
            starting = False
        with store.reading() as work:
            waiting = work.ideas.waiting(MOST, clock.now())
        until = time.monotonic() + TURN
        for done, idea in enumerate(waiting, 1):
            judge(idea, assess)
            if time.monotonic() > until:
                return done
        return len(waiting)

    def judge(idea: ToldIdea, assess: Assess) -> None:
        try:
            opinion = assess(idea)
            with continuing(idea.trace, "matching assess-waiting"), store.writing() as work:
                said = assess_idea(idea, opinion, work, clock)
        except PASSING:
            raise  # a full disk, a locked file: no fault of the idea
        except Exception as error:  # as in dispatch: whatever one idea does, the others go on
            stumbled(idea, error)
            return
        if said:
            count("abstained" if opinion.abstained else "classified")

    def stumbled(idea: ToldIdea, error: Exception) -> None:
        with continuing(idea.trace, "matching assess-waiting"), store.writing() as work:
            given_up = set_aside(idea, reason_of(error), work, clock)
        logger("matching").error(
            "idea could not be assessed", idea=idea.idea_id, attempt=idea.stumbles + 1, **cause(error)
        )
        meters.count(metrics.STUMBLED, outcome="given_up" if given_up else "again")
        if given_up:
            count("abstained")

    def count(outcome: str) -> None:
        meters.count(metrics.CLASSIFIED, outcome=outcome)
        meters.count(metrics.MATCHED)

    async def run() -> int:
        return await asyncio.to_thread(run_once)

    return Job("assess-waiting", run, every=5, on_commit=True)
