"""Fill empty databases from a backup. Stop every service first; afterwards outgoing messages are paused until you resume."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, bus, environment

NAME = "restore"


def run(file: Annotated[Path, typer.Argument(help="A file that `gort backup` wrote")]) -> None:
    from deploy.backup import restore, rewind_groups, withdraw_again  # late: other commands do without

    env = environment()
    services = build_platform(SERVICES, env).services
    kafka = env.platform.bus.startswith("kafka://")

    def checked() -> None:
        if kafka:
            rewind_groups(*bus(env.platform), services)

    made = restore(services, env.platform.data, file, checked)
    if kafka:
        again = withdraw_again(*bus(env.platform), services["intake"], env.clock)
        print(f"{again} ideas that were withdrawn after the backup are withdrawn again.")
    with services["notify"].store.writing() as work:
        work.desk.pause(True, "gort restore", env.clock.now())
    print(
        f"Restored what was kept at {made['made']}. Outgoing messages are paused: what went out after that may be sent again."
        "\nStart the services, let them hear what they missed, compare with the mail server's log, then resume."
    )
