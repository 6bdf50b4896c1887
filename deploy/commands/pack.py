"""Look after region packs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from deploy.errors import CommandFailed
from services.directory.sources import pack

app = typer.Typer(help="Look after region packs.", no_args_is_help=True)


@app.command("check")
def check(
    folder: Annotated[Path, typer.Argument(help="The folder with the pack", exists=True, file_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False,
) -> None:
    """Say everything that is wrong with a pack, by file, entry and field."""
    defects = pack.check(folder)
    if as_json:
        rows = [{"file": d.path, "entry": d.entry, "field": d.field, "code": d.code, "what": d.what} for d in defects]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for defect in defects:
            print(defect)
    if defects:
        raise CommandFailed(f"{len(defects)} defects in {folder}")
    if not as_json:
        print(f"clean: {len(pack.read(folder))} entries")
