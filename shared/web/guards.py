"""What every request passes before a page sees it, and what every answer carries: plain ASGI, no business."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry.tracing import continuing

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
SAFE = {"GET", "HEAD", "OPTIONS"}
_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def on_this_site(address: str) -> str:
    """`address` when it is a path of ours, else the first page. Browsers read `//x`, `/\\x` and `/<tab>/x` as hosts."""
    return address if _HERE.fullmatch(address) else "/"


class Heads:
    """Answers HEAD wherever GET is answered: the same headers, no body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, bare)


class Headed:
    """Adds the security headers to every answer, and carries on the caller's trace. A page may set its own value."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        with continuing(Headers(scope=scope).get("traceparent"), "request") as span:
            try:
                await self._app(scope, receive, headed)
            finally:  # the route's pattern, never the path: that may carry a secret
                span.name = f"{scope.get('method', '')} {getattr(scope.get('route'), 'path', 'none')}"


def cross_site(headers: Headers, method: str) -> bool:
    """Did another site's page make the browser send this? Browsers say so; programs do not send these headers.

    Source: Fetch Metadata Request Headers (W3C), as in Go 1.25's CrossOriginProtection.
    """
    if method in SAFE:
        return False
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return bool(origin) and urlsplit(origin or "").netloc != headers.get("host")


class TooLong(Exception):
    """The body is larger than anybody needs to send."""


class Bounded:
    """Refuses bodies over `most` bytes, chunked ones too, before they fill the memory."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdigit() and int(length) > self._most:
            raise TooLong
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._most:
                scope["too_long"] = True  # FastAPI makes a 400 of what is raised while it reads
                raise TooLong
            return message

        await self._app(scope, counted, send)
