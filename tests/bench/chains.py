"""The chains that are compared: ours in one process over files, ours in four over Kafka and PostgreSQL, and a bare one."""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from sqlalchemy import func, select

from deploy.app import build_platform, environment
from deploy.counting import CLASSIFIED, RECEIVED, REQUESTED, services, tally
from deploy.processes import Process
from deploy.samples import samples
from deploy.topics import Topics
from services.intake.channels.api import told
from services.intake.commands.submit_idea import SubmitIdea, submit_idea
from shared.kernel.ids import new_id
from shared.runtime.service import Service
from shared.storage.tables import outbox
from tests.running import variables

DRAFTED = "gort.notify.referral-drafted.v1"
PACK = Path("data/gavleborg")


def stories(count: int) -> list[dict[str, str]]:
    """Ideas of the pack's samples, each with a number of its own in its words."""
    fields = [{k: str(v) for k, v in s.items() if v is not None and k != "id"} for s in samples(PACK)]
    return [
        fields[n % len(fields)] | {"text": f"{fields[n % len(fields)]['text']} Vi är {n + 2}."} for n in range(count)
    ]


def store_backlog(settings: Mapping[str, str], count: int) -> None:
    """Ideas told in one commit: they are there all at once."""
    with variables(dict(settings)):
        env = environment()
        intake = build_platform(("intake",), env).services["intake"]
        with intake.store.writing() as work:
            for story in stories(count):
                wish = SubmitIdea(*told({**story, "may_share": "yes"}), new_id())
                submit_idea(wish, work, env.keys, env.clock)
        intake.store.database.close()


def planned(built: Mapping[str, Service]) -> int:
    """Ideas for which somebody was asked, or an operator was told whom to ask: one cheap question, it is asked often."""
    query = select(func.count(outbox.c.key.distinct())).where(outbox.c.type.in_((REQUESTED, DRAFTED)))
    with built["notify"].store.database.reading() as connection:
        return connection.execute(query).scalar_one()


def drain(settings: Mapping[str, str], target: int, patience: float = 600) -> float:
    """Seconds until `target` ideas are planned."""
    began = time.perf_counter()
    with variables(dict(settings)), services() as built:
        while (done := planned(built)) < target:
            if time.perf_counter() - began > patience:
                raise TimeoutError(f"{done} of {target}")
            time.sleep(0.1)
    return time.perf_counter() - began


def latencies(settings: Mapping[str, str], keys: Sequence[str]) -> dict[str, float]:
    """ms from told to classified, from there to asked, and in all, of ideas that were told one at a time."""
    with variables(dict(settings)), services() as built:
        found = tally(built)
    first = [found.first(what) for what in (RECEIVED, CLASSIFIED, REQUESTED)]
    whole = [key for key in keys if all(key in times for times in first)]
    hops = {
        "told_to_classified": [_ms(first[0][k], first[1][k]) for k in whole],
        "classified_to_asked": [_ms(first[1][k], first[2][k]) for k in whole],
        "in_all": [_ms(first[0][k], first[2][k]) for k in whole],
    }
    return {f"{hop}_{name}": pick(times) for hop, times in hops.items() for name, pick in PICKS.items()}


def _ms(start: Any, end: Any) -> float:
    return (end - start).total_seconds() * 1000


def _p99(times: Sequence[float]) -> float:
    return round(sorted(times)[max(0, round(len(times) * 0.99) - 1)], 1)


PICKS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "p50": lambda times: round(statistics.median(times), 1),
    "p99": _p99,
}


def memory(pids: Sequence[int]) -> int:
    """MB of processes and their children."""
    found = [p for pid in pids for p in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True))]
    return round(sum(p.memory_info().rss for p in found) / 1e6)


async def bare(address: str, folder: Path, count: int, one_by_one: bool = False) -> float:
    """Seconds of the bare chain, from when the whole backlog is stored to the last request."""
    prefix = f"{new_id()[:8]}."
    await Topics(address, prefix).make()
    processes = [_bare_process(role, address, prefix, folder) for role in ("matching", "notify")]
    producer = AIOKafkaProducer(bootstrap_servers=address, acks="all", enable_idempotence=True)
    consumer = AIOKafkaConsumer(f"{prefix}notify.referrals", bootstrap_servers=address, auto_offset_reset="earliest")
    await producer.start()
    await consumer.start()
    try:
        await _through(producer, consumer, prefix, stories(1))  # everybody is awake
        if one_by_one:
            return sum([await _through(producer, consumer, prefix, [story]) for story in stories(count)])
        return await _through(producer, consumer, prefix, stories(count))
    finally:
        await producer.stop()
        await consumer.stop()
        for process in processes:
            process.stop(10)


def _bare_process(role: str, address: str, prefix: str, folder: Path) -> Process:
    process = Process([sys.executable, "-m", "tests.bench.bare", role, address, prefix], folder / f"bare-{role}.log",
                      dict(os.environ))  # fmt: skip
    process.spawn()
    return process


async def _through(producer: Any, consumer: Any, prefix: str, ideas: list[dict[str, str]]) -> float:
    for idea in ideas:
        key = new_id()
        body = {"id": key, "text": idea["text"], "language": "sv", "place": idea.get("place")}
        await producer.send(f"{prefix}intake.ideas", json.dumps(body).encode(), key=key.encode(),
                            headers=[("content-type", b"application/json")])  # fmt: skip
    await producer.flush()
    began = time.perf_counter()
    for _ in ideas:
        await asyncio.wait_for(consumer.getone(), 120)
    return time.perf_counter() - began
