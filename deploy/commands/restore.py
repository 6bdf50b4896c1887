"""Fill empty databases from a backup. Stop every service first; afterwards outgoing messages are paused until you resume."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, bus, environment
from deploy.commands.recall import take_back

NAME = "restore"


def run(file: Annotated[Path, typer.Argument(help="A file that `gort backup` wrote")]) -> None:
    from deploy.backup import restore  # late: other commands do without

    env = environment()
    services = build_platform(SERVICES, env).services
    kafka = env.platform.bus.startswith("kafka://")

    def checked() -> None:
        if kafka:
            from deploy.rehearing import rewind_groups

            rewind_groups(*bus(env.platform), services)

    made = restore(services, env.platform.data, file, checked)
    with services["notify"].store.writing() as work:
        work.desk.pause(True, "gort restore", env.clock.now())
    print(
        f"Restored what was kept at {made['made']}. Outgoing messages are paused: what went out after that may be sent again."
    )
    if kafka:
        take_back(env, services)
    print("Start the services, let them hear what they missed, compare with the mail server's log, then resume.")
