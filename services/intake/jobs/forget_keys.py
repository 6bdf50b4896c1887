"""Forget the keys of old requests: nobody repeats a request that late."""

import asyncio
from datetime import timedelta

from services.intake.domain.work import Work
from shared.kernel.clock import Clock
from shared.runtime.jobs import Job
from shared.storage.store import Store

KEPT = timedelta(days=7)


def forget_keys(store: Store[Work], clock: Clock) -> Job:
    def run_once() -> int:
        with store.writing() as work:
            work.ideas.forget_keys(clock.now() - KEPT)
        return 0

    async def run() -> int:
        return await asyncio.to_thread(run_once)

    return Job("forget-request-keys", run, every=3600)
