"""Tell a running platform an idea, as any program could: through the API, once however often it is repeated."""

import json
import sys
from typing import Annotated

import typer

from shared.kernel.ids import new_id

NAME = "submit"


def run(
    text: Annotated[str, typer.Argument(help="The idea in your own words; - reads standard input")],
    place: Annotated[str | None, typer.Option(help="Village, district or municipality")] = None,
    share: Annotated[bool, typer.Option("--share", help="Let partners read it")] = False,
    key: Annotated[str | None, typer.Option(help="Idempotency-Key: the same key and idea is one idea")] = None,
    to: Annotated[str, typer.Option(help="The platform's address")] = "http://127.0.0.1:8000",
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False,
) -> None:
    from deploy.telling import send  # late: an HTTP client is not needed to start the platform

    body = {"text": sys.stdin.read() if text == "-" else text, "place": place, "may_share": share}
    receipt = send(to, {k: v for k, v in body.items() if v is not None}, key or new_id())
    print(json.dumps(receipt, ensure_ascii=False) if as_json else f"{receipt['code']}\n{receipt['link']}")
