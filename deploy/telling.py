"""Telling a running platform an idea through its API."""

import httpx

from deploy.errors import CommandFailed


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
