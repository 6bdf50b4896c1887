"""Running services: open their databases, join them to the transport, do their jobs, stop in good order."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence

from shared.messaging.dispatch import Dispatch
from shared.messaging.transport import Listener, Transport
from shared.runtime.asking import Asking
from shared.runtime.environment import Environment
from shared.runtime.housekeeping import housekeeping
from shared.runtime.jobs import Job, keep_doing
from shared.runtime.measuring import PROCESS, Told, read_figures
from shared.runtime.pulse import Pulse
from shared.runtime.service import Service
from shared.telemetry.metrics import READY, Figure

PATIENCE = 300.0  # s that a listener may be at work on one batch before liveness calls it stuck
JOB_PATIENCE = 600.0  # the same for one turn of a duty, s
PATIENT = 4.0  # s that databases have to answer who watches; a scrape asks twice, and Prometheus waits for 10


class Platform:
    """The services of one process, and whether they are well."""

    def __init__(self, services: Sequence[Service], env: Environment, transport: Transport) -> None:
        self.services: Mapping[str, Service] = {s.name: s for s in services}
        self.env, self.transport = env, transport
        self.pulse = Pulse(PATIENCE)
        self.dispatches = {s.name: self._dispatch(s) for s in services}
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.started = False
        self._readiness, self._figures = Asking[bool](PATIENT), Asking[Told](PATIENT)
        env.meters.stored(self._measured)

    def _dispatch(self, service: Service) -> Dispatch:
        store = service.store
        meters = self.env.meters.of(service.name)
        return Dispatch(service.name, service.hears, store.database, store.make, self.env.clock, meters)

    async def start(self) -> None:
        """Migrate, carry every outbox, join every listener, begin every duty."""
        for service in self.services.values():
            if self.env.platform.migrate:
                await asyncio.to_thread(service.store.migrate)
            self.transport.carry(service.name, service.store.database)
        for name, dispatch in self.dispatches.items():
            database, streams = self.services[name].store.database, dispatch.listening.streams
            await self.transport.join(
                Listener(name, streams, database, dispatch.handle, self._beats(name), dispatch.dealt)
            )
        for service in self.services.values():
            for job in (*service.jobs, housekeeping(service.store, self.env.clock, self.transport.relays)):
                self._tasks.append(asyncio.create_task(self._duty(service, job)))
        self.started = True

    def _beats(self, service: str) -> Callable[[str], None]:
        return lambda loop: self.pulse.beat(f"{service} hearing {loop}")

    def _duty(self, service: Service, job: Job) -> Coroutine[None, None, None]:
        beat = self.pulse.of(f"{service.name} {job.name}", job.every + JOB_PATIENCE)
        meters = self.env.meters.of(service.name)
        return keep_doing(job, service.store.database, meters, beat, self._stop)

    async def stop(self) -> None:
        """Finish what is at work, take up nothing new, close the databases."""
        self.started = False
        self._stop.set()
        await asyncio.gather(*self._tasks)
        await self.transport.stop()
        for service in self.services.values():
            await asyncio.to_thread(service.store.database.close)

    def troubles(self) -> dict[str, str]:
        """What keeps this process from being ready: where -> why; empty when all is well."""
        return self._troubles(self._sick())

    def _sick(self) -> dict[str, str]:
        """The services whose database cannot be worked with, and why."""
        answers = self._readiness.ask({name: service.store.current for name, service in self.services.items()})
        words = {
            name: type(answer).__name__ if isinstance(answer, Exception) else "" if answer else "not migrated"
            for name, answer in answers.items()
        }
        return {name: why for name, why in words.items() if why}

    def _troubles(self, sick: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {} if self.started else {"process": "starting"}
        refused = {name: service.store.database.refusal for name, service in self.services.items()}
        found |= {f"{name} database": f"takes no writes: {why}" for name, why in refused.items() if why}
        found |= {f"{name} database": why for name, why in sick.items()}
        for name, dispatch in self.dispatches.items():
            found |= {f"{name} {stream}": why for stream, why in tuple(dispatch.held.items())}
        return found | dict(self.transport.troubles())

    def _measured(self) -> Iterator[tuple[str, Figure]]:
        """Whether work can be taken on, and every stored figure. Each database is asked once, unless it answers."""
        sick = self._sick()
        yield PROCESS, Figure(READY, int(not self._troubles(sick)))
        yield from read_figures(self.services.values(), self.env, self.transport, self._figures, sick)
