"""Write everything that the platform keeps into one file, while it runs. The file holds personal data: keep it as such."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, environment
from deploy.output import table

NAME = "backup"


def run(
    file: Annotated[Path, typer.Argument(help="Where to write it, such as gort-2026-11-28.tar.gz")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False,
) -> None:
    from deploy.backup import backup  # late: other commands do without

    env = environment()
    made = backup(build_platform(SERVICES, env).services, env.platform.data, file)
    table([{"file": str(file), "made": made["made"], "megabytes": round(file.stat().st_size / 1e6, 1)}], as_json)
