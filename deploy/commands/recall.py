"""Take from Kafka what services said after the backup they were restored from. `restore` does so; this tries again.

A service that has told events of which Kafka has none tells all that it keeps again: those topics were lost.
"""

from collections.abc import Mapping

from deploy.app import SERVICES, build_platform, bus, environment
from deploy.commands.republish import tell_again
from deploy.errors import CommandFailed
from shared.runtime.environment import Environment
from shared.runtime.service import Service

NAME = "recall"


def run() -> None:
    env = environment()
    if not env.platform.bus.startswith("kafka://"):
        raise CommandFailed("There is no Kafka here to take anything from. See GORT_BUS in `gort settings`.")
    take_back(env, build_platform(SERVICES, env).services)


def take_back(env: Environment, services: Mapping[str, Service]) -> None:
    """Say what was news, and who must tell Kafka all again. Raise `CommandFailed`."""
    from deploy.rehearing import recall  # late: Kafka's client

    found = recall(*bus(env.platform), services)
    for kind in sorted(event.type for service in services.values() for event in service.recalls):
        print(f"{kind}: {found.news[kind]} taken back")
    for name in found.lost:
        tell_again(services[name])
