"""Duties: which commit wakes which, and that none is ended by a failure."""

import asyncio
from pathlib import Path

from shared.runtime.jobs import Job, keep_doing
from shared.storage.unit_of_work import unit_of_work
from shared.telemetry.meters import Meters
from tests.conformance.stage import gone, opened, played, until


@played
async def test_a_commit_wakes_the_duties_that_asked_for_it_and_no_other(tmp_path: Path) -> None:
    database, stop, runs = opened(f"sqlite:///{tmp_path}/one.db"), asyncio.Event(), list[str]()

    def duty(name: str, on_commit: bool) -> asyncio.Task[None]:
        async def run() -> int:
            runs.append(name)
            return 0

        job = Job(name, run, every=3600, on_commit=on_commit)
        return asyncio.create_task(keep_doing(job, database, Meters().of("x"), lambda: None, stop))

    tasks = [duty("quick", True), duty("tidy", False)]
    await until(lambda: sorted(runs) == ["quick", "tidy"])
    for number in range(3):
        with unit_of_work(database) as work:
            work.say(gone("k", number))
        await until(lambda number=number: runs.count("quick") >= number + 2)
    assert runs.count("tidy") == 1
    stop.set()
    await asyncio.gather(*tasks)
    database.close()


@played
async def test_a_failure_is_tried_again(tmp_path: Path) -> None:
    database, stop, tries = opened(f"sqlite:///{tmp_path}/one.db"), asyncio.Event(), list[int]()

    async def run() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("not now")
        return 0

    meters = Meters()
    task = asyncio.create_task(keep_doing(Job("flaky", run, every=0.05), database, meters.of("x"), lambda: None, stop))
    await until(lambda: len(tries) > 1)
    stop.set()
    await task
    labels = {"service": "x", "job": "flaky", "outcome": "failed"}
    assert meters.registry.get_sample_value("gort_job_runs_total", labels) == 1
    database.close()
