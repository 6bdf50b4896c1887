"""Tell Kafka again everything that the outboxes keep: after topics were lost. Who has heard it already does nothing."""

from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, environment
from deploy.errors import CommandFailed
from shared.messaging.relay import RELAY
from shared.runtime.service import Service
from shared.storage import places
from shared.storage.unit_of_work import unit_of_work

NAME = "republish"


def run(
    services: Annotated[str, typer.Option(help="Which services, with commas between")] = ",".join(SERVICES),
) -> None:
    built = build_platform(SERVICES, environment()).services
    names = services.split(",")
    if not environment(()).platform.bus.startswith("kafka://"):
        raise CommandFailed("GORT_BUS names no Kafka: what one process tells itself is never lost.")
    if unknown := [name for name in names if name not in built]:
        raise CommandFailed(f"No service is called {', '.join(unknown)}. There are: {', '.join(SERVICES)}.")
    for name in names:
        tell_again(built[name])


def tell_again(service: Service) -> None:
    """Begin with the first that its outbox keeps. Raise `CommandFailed`."""
    with service.store.database.relaying() as mine:
        if not mine():
            raise CommandFailed(f"{service.name} is telling Kafka right now. Try again in a moment.")
        with unit_of_work(service.store.database) as work:
            places.rewind(work.connection, RELAY)
    print(f"{service.name}: all that is kept is told again")
