"""The figures that are read from the stores when somebody asks: of every service, and of the process that it is in."""

import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from shared.kernel.clock import Clock
from shared.messaging.relay import RELAY
from shared.messaging.transport import Transport
from shared.runtime.environment import Environment
from shared.runtime.service import Service
from shared.storage import outbox, parked, places
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.metrics import Figure


def read_figures(services: Iterable[Service], env: Environment, transport: Transport) -> Iterator[tuple[str, Figure]]:
    """All stored figures, with the service that they are of. One whose database does not answer says so, and only that."""
    for service in services:
        try:
            found = [Figure(metrics.UNREADABLE, 0), *service.figures(), *_spine(service, transport.relays, env.clock)]
        except Exception as error:
            logger(service.name).error("figures unreadable", **cause(error))
            found = [Figure(metrics.UNREADABLE, 1)]
        yield from ((service.name, figure) for figure in found)
    for (service, stream), count in transport.lags().items():
        yield service, Figure(metrics.LAG, count, (stream,))
    for folder in env.platform.disks.split(",") if env.platform.disks else (str(env.platform.data),):
        if Path(folder).exists():
            disk = shutil.disk_usage(folder)
            yield "process", Figure(metrics.DISK, disk.free / disk.total, (folder,))


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
