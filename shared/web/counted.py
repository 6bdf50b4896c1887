"""Counts requests by the pattern of their route: addresses carry secrets and are never a label."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry import metrics
from shared.telemetry.meters import ServiceMeters


class Counted:
    """Each request once, with how long it took to answer."""

    def __init__(self, app: ASGIApp, meters: ServiceMeters) -> None:
        self._app, self._meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), "500"

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
            self._meters.count(metrics.REQUESTS, route=route, method=method, status=status)
            self._meters.took(metrics.REQUEST_TIME, time.monotonic() - began, route=route)
