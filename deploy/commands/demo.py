"""Start in a temporary folder, send the sample ideas, answer the first lead by its link, print what the stores say."""

import json
from typing import Annotated

import typer

from deploy.output import table

NAME = "demo"


def run(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False) -> None:
    from deploy.rehearsal import rehearse  # late: an HTTP client is not needed to start the platform

    found = rehearse(quiet=as_json)
    if as_json:
        print(json.dumps(found))
    else:
        table([found])
