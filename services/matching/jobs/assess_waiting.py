"""Assess ideas that wait, as soon as the directory is known. Computes outside any transaction; writes in one."""

import asyncio
import time
from collections.abc import Callable

from services.matching.commands.assess_idea import Assess, assess_idea
from services.matching.domain.work import Edition, Work
from shared.kernel.clock import Clock
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.logging import logger
from shared.telemetry.meters import ServiceMeters
from shared.telemetry.tracing import continuing

MOST = 50  # ideas a turn: a stop never waits long


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
    """The duty. A commit wakes it: an idea that came, or the last entry of a directory that was being learned."""

    def run_once() -> int:
        assess = directory.assessor()
        if assess is None:
            return 0
        with store.reading() as work:
            waiting = work.ideas.waiting(MOST)
        for idea in waiting:
            result = assess(idea)
            with continuing(idea.trace, "matching assess-waiting"), store.writing() as work:
                said = assess_idea(idea, result, work, clock)
            if said:
                meters.count(metrics.CLASSIFIED, outcome="abstained" if result.abstained else "classified")
                meters.count(metrics.MATCHED)
        return len(waiting)

    async def run() -> int:
        return await asyncio.to_thread(run_once)

    return Job("assess-waiting", run, every=5, on_commit=True)
