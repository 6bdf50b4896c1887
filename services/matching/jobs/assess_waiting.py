"""Assess ideas that wait, as soon as the directory is known. Computes outside any transaction; writes in one."""

import asyncio
import time
from collections.abc import Callable

from services.matching.commands.assess_idea import Assess, assess_idea
from services.matching.domain.work import Work
from shared.kernel.clock import Clock
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.metrics import ServiceMeters
from shared.telemetry.tracing import continuing

MOST = 50  # ideas a turn: a stop never waits long
LOOK = 0.2  # s between looks at a directory that is being learned


class Directory:
    """The assessor built from the directory that was learned; built anew when that changes, thrown away at a stop.

    While entries keep coming, as at the first start, it is `None`: half a directory gives half a match.
    """

    def __init__(self, store: Store[Work], build: Callable[[Work], Assess | None], quiet: float) -> None:
        self._store, self._build, self._quiet = store, build, quiet
        self._built: str = ""
        self._latest: str = ""
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
            if time.monotonic() - self._since < self._quiet:
                return None
            self._assess, self._built = self._build(work), edition
        return self._assess

    @property
    def coming(self) -> bool:
        """Is a directory being learned that there is no assessor for yet?"""
        return self._latest != self._built


def assess_waiting(store: Store[Work], directory: Directory, clock: Clock, meters: ServiceMeters) -> Job:
    """The duty. A commit wakes it; while the directory is being learned it looks several times a second."""

    def run_once() -> int:
        assess = directory.assessor()
        if assess is None:
            return 0
        with store.reading() as work:
            waiting = work.ideas.waiting(MOST)
        for idea in waiting:
            result = assess(idea)
            with continuing(idea.trace), store.writing() as work:
                said = assess_idea(idea, result, work, clock)
            if said:
                meters.count(metrics.CLASSIFIED, outcome="abstained" if result.abstained else "classified")
                meters.count(metrics.MATCHED)
        return len(waiting)

    async def run() -> int:
        did = await asyncio.to_thread(run_once)
        if directory.coming:
            await asyncio.sleep(LOOK)
            return 1
        return did

    return Job("assess-waiting", run, every=30)
