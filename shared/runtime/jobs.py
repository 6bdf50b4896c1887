"""Recurring duties: each runs by itself, and again at once while there is work."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.storage.database import Database
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.meters import ServiceMeters


@dataclass(frozen=True, slots=True)
class Job:
    """`run()` does what is due and returns how much it did; it is called again at once until it did nothing.

    `every` is the longest time in seconds between two looks. `on_commit`: look also after each commit of the service that
    said something or asked to be noticed.
    """

    name: str
    run: Callable[[], Awaitable[int]]
    every: float
    on_commit: bool = False


async def keep_doing(
    job: Job, database: Database, meters: ServiceMeters, beat: Callable[[], None], stop: asyncio.Event
) -> None:
    """Run a job until `stop`. A failure is counted, logged and tried again; it never ends the duty."""
    loop, wake = asyncio.get_running_loop(), asyncio.Event()

    def woken() -> None:
        loop.call_soon_threadsafe(wake.set)

    unwatch = database.watch(woken) if job.on_commit else None
    stopped = asyncio.create_task(stop.wait())
    failures = 0
    while not stop.is_set():
        wake.clear()
        beat()
        try:
            did = await job.run()
            failures = 0
            meters.count(metrics.JOBS, job=job.name, outcome="done")
        except Exception as error:
            did, failures = 0, failures + 1
            meters.count(metrics.JOBS, job=job.name, outcome="failed")
            logger(meters.service).error("job failed", job=job.name, attempt=failures, **cause(error))
        if did:
            continue
        pause = min(job.every, 0.5 * 2 ** min(failures, 10)) if failures else job.every
        awake = asyncio.create_task(wake.wait())
        waits = {stopped} if failures else {stopped, awake}
        await asyncio.wait(waits, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        awake.cancel()
    stopped.cancel()
    if unwatch:
        unwatch()
