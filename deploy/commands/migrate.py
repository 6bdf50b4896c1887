"""Bring every database to the newest schema, or with --check say which are behind."""

from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, environment
from deploy.errors import CommandFailed
from deploy.output import progress, table
from shared.runtime.service import Service
from shared.storage.migrate import heads, revision_of

NAME = "migrate"


def run(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail when one is behind")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False,
) -> None:
    services = list(build_platform(SERVICES, environment()).services.values())
    before = {s.name: revision_of(s.store.database) for s in services}
    if not check:
        for service in progress(services, "migrating", quiet=as_json):
            service.store.migrate()
    rows = [row(s, before[s.name]) for s in services]
    behind = ", ".join(str(r["service"]) for r in rows if r["now"] != r["newest"])
    if as_json:
        table(rows, as_json)
    elif not behind:
        print("every database is at the newest schema")
    if behind:
        raise CommandFailed(f"Behind: {behind}. Run `gort migrate`.")


def row(service: Service, before: str | None) -> dict[str, object]:
    """One database: the revision that it was at, that it is at, and the newest that there is."""
    now, newest = revision_of(service.store.database), heads(service.store.migrations)[-1]
    return {"service": service.name, "before": before, "now": now, "newest": newest}
