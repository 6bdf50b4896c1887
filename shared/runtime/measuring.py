"""The figures that are read from the stores when somebody asks: of every service, and of the process that it is in."""

import shutil
from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from shared.kernel.clock import Clock
from shared.messaging.relay import RELAY
from shared.messaging.transport import Transport
from shared.runtime.asking import Asking
from shared.runtime.environment import Environment
from shared.runtime.service import Service
from shared.storage import outbox, parked, places
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.metrics import Figure

Told = list[tuple[str, Figure]]  # (service, figure)
PROCESS = "process"  # stands for a service where a figure is of all of them


def read_figures(
    services: Iterable[Service], env: Environment, transport: Transport, asking: Asking[Told], sick: Container[str]
) -> Iterator[tuple[str, Figure]]:
    """All stored figures, with the service that they are of. What does not answer says so, and only that.

    Databases that are known to be `sick` are not asked.
    """
    questions = {s.name: partial(_of, s, transport.relays, env.clock) for s in services if s.name not in sick}
    answers = asking.ask({**questions, PROCESS: partial(_lags, transport)})
    for name in (*(service.name for service in services), PROCESS):
        answer = answers.get(name)
        if isinstance(answer, Exception):
            logger(name).error("figures unreadable", **cause(answer))
        yield from answer if isinstance(answer, list) else [(name, Figure(metrics.UNREADABLE, 1))]
    for folder in env.platform.disks.split(",") if env.platform.disks else (str(env.platform.data),):
        if Path(folder).exists():
            disk = shutil.disk_usage(folder)
            yield PROCESS, Figure(metrics.DISK, disk.free / disk.total, (folder,))


def _of(service: Service, relays: bool, clock: Clock) -> Told:
    found = [Figure(metrics.UNREADABLE, 0), *service.figures(), *_spine(service, relays, clock)]
    return [(service.name, figure) for figure in found]


def _lags(transport: Transport) -> Told:
    """Of every service at once: who lags behind whom is known to the transport. One that is in a file reads all files."""
    lags = [(service, Figure(metrics.LAG, count, (stream,))) for (service, stream), count in transport.lags().items()]
    return [(PROCESS, Figure(metrics.UNREADABLE, 0)), *lags]


def _spine(service: Service, relays: bool, clock: Clock) -> list[Figure]:
    """What every service has: parked events, what its outbox keeps, and what waits there for Kafka."""
    with service.store.database.reading() as connection:
        found = [Figure(metrics.PARKED, parked.count(connection))]
        found += [Figure(metrics.OUTBOX, n, (stream,)) for stream, n in outbox.count(connection).items()]
        if relays:
            count, oldest = outbox.waiting(connection, places.place(connection, RELAY))
            found.append(Figure(metrics.UNRELAYED, count))
            found.append(Figure(metrics.UNRELAYED_AGE, age(oldest, clock)))
    return found


def age(since: str | None, clock: Clock) -> float:
    """Seconds since a stored time; 0 when there is none."""
    return max(0.0, (clock.now() - datetime.fromisoformat(since)).total_seconds()) if since else 0.0
