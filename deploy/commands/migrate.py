"""Bring every database to the newest schema, or with --check say which are behind."""

from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, environment
from deploy.errors import CommandFailed
from deploy.output import progress

NAME = "migrate"


def run(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail when one is behind")] = False,
) -> None:
    services = list(build_platform(SERVICES, environment()).services.values())
    if check:
        if behind := [s.name for s in services if not s.store.current()]:
            raise CommandFailed(f"Behind: {', '.join(behind)}. Run `gort migrate`.")
        print("every database is at the newest schema")
        return
    for service in progress(services, "migrating"):
        service.store.migrate()
