"""Tell a running platform an idea, as any program could: through the API, once however often it is repeated."""

import json
import sys
from typing import Annotated

import httpx
import typer

from deploy.errors import CommandFailed
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
    body = {"text": sys.stdin.read() if text == "-" else text, "place": place, "may_share": share}
    receipt = send(to, {k: v for k, v in body.items() if v is not None}, key or new_id())
    print(json.dumps(receipt, ensure_ascii=False) if as_json else f"{receipt['code']}\n{receipt['link']}")


def send(to: str, idea: dict[str, object], key: str) -> dict[str, str]:
    """POST one idea. Raise `CommandFailed` with the platform's own words when it says no."""
    try:
        answer = httpx.post(f"{to}/api/intake/v1/ideas", json=idea, headers={"Idempotency-Key": key}, timeout=30)
    except httpx.TransportError as error:
        raise CommandFailed(
            f"Nothing answers at {to}. Start the platform with `make run`, or name it with --to."
        ) from error
    if answer.is_error:
        problem: dict[str, str] = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        raise CommandFailed(
            str(problem.get("detail") or problem.get("title") or f"The platform said {answer.status_code}")
        )
    return answer.json()
