"""The transport of one process: every outbox is a log, and each listener keeps its place in its own database.

That gives replay and late joiners as Kafka does, and a killed process loses nothing. It is for one machine, not a mock.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import Connection

from shared.messaging.relay import pending
from shared.messaging.transport import Batch, Listener, Verdict
from shared.storage import outbox, places
from shared.storage.database import Database
from shared.telemetry.logging import cause, logger

MOST = 200  # records a batch
IDLE = 5.0  # s between looks when nobody woke us; commits wake us at once
HELD = 1.0  # s before a held batch is handed over again


@dataclass(slots=True)
class _Reading:
    """One listener at one log: a task, and what wakes it."""

    task: asyncio.Task[None]
    stop: asyncio.Event
    unwatch: Callable[[], None]


class LocalMembership:
    """A listener that has joined, reading one log per stream and speaking service.

    Its threads are its own, one a stream: a reaction that waits holds up neither other listeners nor other streams.
    """

    def __init__(self, listener: Listener, left: Callable[["LocalMembership"], None]) -> None:
        self.listener = listener
        self.pool = ThreadPoolExecutor(max(1, len(listener.streams)), f"{listener.service}-listener")
        self.readings: list[_Reading] = []
        self._left = left

    async def leave(self) -> None:
        self._left(self)
        readings, self.readings = self.readings, []
        for reading in readings:
            reading.unwatch()
            reading.stop.set()
        await asyncio.gather(*(reading.task for reading in readings))
        self.pool.shutdown()


class LocalTransport:
    """Carries records between services of one process. `idle` and `held` are seconds, as above."""

    relays = False

    def __init__(self, idle: float = IDLE, held: float = HELD) -> None:
        self._idle, self._held = idle, held
        self._logs: dict[str, Database] = {}
        self._members: list[LocalMembership] = []

    def carry(self, service: str, database: Database) -> None:
        self._logs[service] = database
        for membership in self._members:
            self._read(membership, service)

    async def join(self, listener: Listener) -> LocalMembership:
        membership = LocalMembership(listener, self._forget)
        self._members.append(membership)
        for service in self._logs:
            self._read(membership, service)
        return membership

    async def stop(self) -> None:
        await asyncio.gather(*(membership.leave() for membership in tuple(self._members)))

    def lags(self) -> dict[tuple[str, str], int]:
        return {
            (m.listener.service, stream): sum(self._behind(m.listener, service, stream) for service in self._logs)
            for m in self._members
            for stream in m.listener.streams
        }

    def troubles(self) -> dict[str, str]:
        return {}  # a log that cannot be read is a database in trouble, which is said already

    def _behind(self, listener: Listener, service: str, stream: str) -> int:
        with listener.database.reading() as connection:
            here = places.place(connection, f"{service}/{stream}")
        with self._logs[service].reading() as connection:
            return outbox.waiting(connection, here, stream)[0]

    def _forget(self, membership: LocalMembership) -> None:
        self._members = [m for m in self._members if m is not membership]

    def _read(self, membership: LocalMembership, service: str) -> None:
        loop, log = asyncio.get_running_loop(), self._logs[service]
        for stream in membership.listener.streams:
            wake, stop = asyncio.Event(), asyncio.Event()

            def woken(wake: asyncio.Event = wake) -> None:
                loop.call_soon_threadsafe(wake.set)

            task = asyncio.create_task(self._follow(membership, service, stream, wake, stop))
            membership.readings.append(_Reading(task, stop, log.watch(woken)))

    async def _follow(
        self, membership: LocalMembership, service: str, stream: str, wake: asyncio.Event, stop: asyncio.Event
    ) -> None:
        loop, listener = asyncio.get_running_loop(), membership.listener
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            wake.clear()
            listener.beat(f"{stream} of {service}")
            try:
                verdict = await loop.run_in_executor(membership.pool, self._poll, listener, service, stream)
            except Exception as error:  # the log itself could not be read: look again, and say so
                logger(listener.service).error("log unreadable", stream=stream, **cause(error))
                verdict = Verdict.HOLD
            if verdict is Verdict.DONE:
                continue
            awake = asyncio.create_task(wake.wait())
            pause = self._idle if verdict is None else self._held
            waits = {stopped} if verdict is Verdict.HOLD else {stopped, awake}
            await asyncio.wait(waits, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            awake.cancel()
        stopped.cancel()

    def _poll(self, listener: Listener, service: str, stream: str) -> Verdict | None:
        """Hand over the next batch; None when there is none. A log that cannot be read now is looked at again."""
        source = f"{service}/{stream}"
        with listener.database.reading() as connection:
            here = places.place(connection, source)
        records = pending(service, self._logs[service], stream, here, MOST)
        if not records:
            return None

        def moved(connection: Connection, position: int) -> None:
            places.move(connection, source, position)

        return listener.handle(Batch(records, moved))
