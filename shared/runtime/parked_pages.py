"""For operators: what each service of this process has put aside, why, and how to take it up again."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from shared.kernel.errors import NotFound
from shared.runtime.platform import Platform
from shared.storage import parked
from shared.web.pages import render


def router(platform: Platform) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("/{service}/parkerade")
    def shown(request: Request, service: str) -> Response:
        rows = _rows(platform, service)
        causes = {reason: sum(r.reason == reason for r in rows) for reason in dict.fromkeys(r.reason for r in rows)}
        held = platform.dispatches[service].held
        since = {row.id: datetime.fromisoformat(row.parked_at) for row in rows}
        return render(
            request, "operations/parked.html", service=service, rows=rows, since=since, causes=causes, held=held
        )

    @routes.post("/{service}/parkerade/igen")
    def again(
        service: str, row: Annotated[int | None, Form()] = None, reason: Annotated[str | None, Form()] = None
    ) -> Response:
        """Replay one row and what waits behind it, or all with the same cause."""
        _rows(platform, service)
        if row is not None:
            platform.dispatches[service].replay(row)
        elif reason:
            platform.dispatches[service].replay_all(reason)
        return RedirectResponse(f"/drift/{service}/parkerade", 303)

    @routes.post("/{service}/parkerade/slang")
    def discard(
        service: str, row: Annotated[int | None, Form()] = None, reason: Annotated[str | None, Form()] = None
    ) -> Response:
        """Throw away one row, or all with the same cause."""
        _rows(platform, service)
        if row is not None:
            platform.dispatches[service].discard(row)
        elif reason:
            platform.dispatches[service].discard_all(reason)
        return RedirectResponse(f"/drift/{service}/parkerade", 303)

    return routes


def _rows(platform: Platform, service: str) -> list[parked.Parked]:
    """Everything parked at a service. Raise `NotFound` when this process does not run it."""
    if service not in platform.services:
        raise NotFound("no_such_service")
    with platform.services[service].store.database.reading() as connection:
        return parked.everything(connection)
