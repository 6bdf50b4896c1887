"""Carries records between services through Apache Kafka, however many processes they are."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count

from shared.events.streams import STREAMS
from shared.kernel.ids import new_id
from shared.messaging.kafka.hearing import Hearing
from shared.messaging.kafka.speaking import Speaking
from shared.messaging.record import Record
from shared.messaging.relay import Ahead, Mine, relay_once
from shared.messaging.transport import Listener
from shared.storage.database import Database
from shared.storage.outbox import stamp
from shared.telemetry.logging import cause, logger

IDLE = 5.0  # s between looks at an outbox when nobody woke us
AGAIN = 0.05  # s before a relay that had to wait looks again: for another replica to be done
TICK = 3600.0  # s between ticks, without which a silent compacted topic keeps what was erased
SOON = 60.0  # s before a tick that failed is tried again
FAILED = 1.0  # s before a record that Kafka did not take is told again
TIMEOUT = 20.0  # s that Kafka may take to acknowledge


class KafkaMembership:
    """A listener that has joined: one `Hearing` for each of its streams."""

    def __init__(self, hearings: Sequence[Hearing], left: Callable[["KafkaMembership"], None]) -> None:
        self.hearings, self._left = hearings, left

    async def leave(self) -> None:
        self._left(self)
        hearings, self.hearings = self.hearings, ()
        await asyncio.gather(*(hearing.leave() for hearing in hearings))


class KafkaTransport:
    """`address` is host:port; every topic and group begins with `prefix`; `replica` names this process among its likes,
    the same at each start, so that it has its partitions back at once. Seconds: see above.
    """

    relays = True

    def __init__(
        self,
        address: str,
        prefix: str = "",
        replica: str | None = None,
        *,
        held: float = 1.0,
        tick: float = TICK,
        timeout: float = TIMEOUT,
    ) -> None:
        self._address, self._prefix, self._replica = address, prefix, replica
        self._held, self._tick, self._timeout = held, tick, timeout
        self._members: list[KafkaMembership] = []
        self._relays: dict[str, _Relaying] = {}

    def carry(self, service: str, database: Database) -> None:
        def speaking() -> Speaking:
            return Speaking(self._address, self._prefix, f"{self._prefix}{service}", self._timeout)

        self._relays[service] = _Relaying(service, database, speaking, self._tick)

    async def join(self, listener: Listener) -> KafkaMembership:
        more = (self._address, self._prefix, self._replica, self._held)
        membership = KafkaMembership([Hearing(listener, s, *more) for s in listener.streams], self._forget)
        self._members.append(membership)
        return membership

    async def stop(self) -> None:
        """All at once: what a last batch says stays in the outbox, for the next start or another replica to tell."""
        members, relays = tuple(self._members), tuple(self._relays.values())
        self._relays = {}
        await asyncio.gather(*(m.leave() for m in members), *(relaying.stop() for relaying in relays))

    def lags(self) -> dict[tuple[str, str], int]:
        return {(h.listener.service, h.stream): h.lag for m in self._members for h in m.hearings}

    def troubles(self) -> dict[str, str]:
        hearings = [h for m in self._members for h in m.hearings]
        found = {f"{h.listener.service} hearing {h.stream}": h.trouble for h in hearings}
        found |= {f"{service} telling": relaying.trouble for service, relaying in self._relays.items()}
        return {name: trouble for name, trouble in found.items() if trouble}

    def _forget(self, membership: KafkaMembership) -> None:
        self._members = [m for m in self._members if m is not membership]


class _Relaying:
    """Moves one outbox to Kafka: at once after each commit of this process, and now and then for others' commits."""

    def __init__(self, service: str, database: Database, speaking: Callable[[], Speaking], tick: float) -> None:
        self._service, self._database, self._every = service, database, tick
        self._another, self._speaking = speaking, speaking()
        self._loop, self._stop, self._wake = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        self._pool = ThreadPoolExecutor(1, f"{service}-relay")
        self._unwatch = database.watch(self._woken)
        self._tasks = [asyncio.create_task(self._relay()), asyncio.create_task(self._ticks())]
        self._broken: str | None = None

    @property
    def trouble(self) -> str | None:
        return self._speaking.trouble or self._broken

    def _woken(self) -> None:
        self._loop.call_soon_threadsafe(self._wake.set)

    async def _relay(self) -> None:
        ahead = Ahead()
        while not self._stop.is_set():
            self._wake.clear()
            try:
                without = self._speaking.missing()
                more = await self._loop.run_in_executor(
                    self._pool, relay_once, self._service, self._database, self._tell, ahead, without
                )
                self._broken = None
            except Exception as error:  # the outbox itself could not be read
                self._broken, more = type(error).__name__, False
                logger(self._service).error("outbox unreadable", **cause(error))
            if more:
                continue
            if more is None:  # all is told: by us, or by another replica
                self._speaking.all_told()
            failed = self._speaking.failed or self._broken  # a topic that is missing makes nobody else wait
            await self._rest(IDLE if more is None else FAILED if self.trouble else AGAIN, wakes=not failed)

    def _tell(self, records: Sequence[Record], mine: Mine) -> list[bool]:
        """From the relay's thread, on the loop."""
        return asyncio.run_coroutine_threadsafe(self._speaking.tell(records, mine), self._loop).result()

    async def _rest(self, seconds: float, wakes: bool) -> None:
        waits = [asyncio.create_task(self._stop.wait()), *([asyncio.create_task(self._wake.wait())] if wakes else [])]
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _ticks(self) -> None:
        """Now and then, and at the start: who is started anew more often than that would otherwise never tick."""
        mine = [s.name for s in STREAMS.values() if s.compacted and s.name.startswith(f"{self._service}.")]
        for number in count(1):
            if self._stop.is_set() or not mine:
                return
            ticked = [await self._tick(stream, number) for stream in mine]
            await self._rest(self._every if all(ticked) else min(self._every, SOON), wakes=False)

    async def _tick(self, stream: str, number: int) -> bool:
        """A record to each partition of a compacted stream: Kafka erases only what something follows."""
        speaking = self._another()  # its own: one that fails takes nothing with it that the relay has on its way
        try:
            partitions = range(await speaking.partitions(stream))
            ticks = [_tick(stream, partition, number) for partition in partitions]
            return all(await speaking.tell(ticks, lambda: True))  # they may come at any time, from anybody
        except Exception as error:
            logger(self._service).warning("no tick", stream=stream, **cause(error))
            return False
        finally:
            await speaking.stop()

    async def stop(self) -> None:
        self._unwatch()
        self._stop.set()
        await asyncio.gather(*self._tasks)
        self._pool.shutdown()
        await self._speaking.stop()


def _tick(stream: str, partition: int, number: int) -> Record:
    """A CloudEvent that nobody hears. `position` -1: it stands in no outbox."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": new_id(),
        "ce_source": "/platform",
        "ce_type": "gort.platform.tick.v1",
        "ce_time": stamp(datetime.now(UTC)),
        "ce_sequence": str(number),
        "content-type": "application/json",
    }
    pairs = tuple((name, value.encode()) for name, value in headers.items())
    return Record(stream, partition, -1, f"tick-{partition}".encode(), pairs, b"{}")
