"""Tell Kafka again everything that the outboxes keep: after topics were lost. Who has heard it already does nothing."""

from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, environment
from deploy.errors import CommandFailed
from shared.messaging.relay import RELAY
from shared.storage import places
from shared.storage.unit_of_work import unit_of_work

NAME = "republish"


def run(
    services: Annotated[str, typer.Option(help="Which services, with commas between")] = ",".join(SERVICES),
) -> None:
    built = build_platform(SERVICES, environment()).services
    names = services.split(",")
    if unknown := [name for name in names if name not in built]:
        raise CommandFailed(f"No service is called {', '.join(unknown)}. There are: {', '.join(SERVICES)}.")
    for name in names:
        with built[name].store.database.relaying() as mine:
            if not mine():
                raise CommandFailed(f"{name} is telling Kafka right now. Try again in a moment.")
            with unit_of_work(built[name].store.database) as work:
                places.rewind(work.connection, RELAY)
        print(f"{name}: all that is kept is told again")
