"""Which language a reader gets: the one they chose, else the first that their browser asks for and we have."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.i18n import SOURCE, Tongue, speaking

COOKIE = "lang"
YEAR = 365 * 24 * 3600


def best(accept: str, known: Mapping[str, Tongue]) -> str:
    """The first known language of an Accept-Language header by weight; the source language otherwise."""
    wishes: list[tuple[float, str]] = []
    for part in accept.split(",")[:20]:
        tag, _, weight = part.replace(" ", "").partition(";q=")
        try:
            wishes.append((float(weight or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    wishes.sort(key=lambda wish: -wish[0])
    return next((tag for weight, tag in wishes if weight > 0 and tag in known), SOURCE)


class Spoken:
    """Speaks the reader's language while a request is answered. `?lang=en` chooses, and a cookie remembers."""

    def __init__(self, app: ASGIApp, known: Mapping[str, Tongue]) -> None:
        self._app, self._known = app, known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
        chosen = asked if asked in self._known else ""
        kept = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        tag = chosen or (kept if kept in self._known else best(headers.get("accept-language", ""), self._known))

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered.add_vary_header("accept-language, cookie")
                if chosen:
                    answered.append("set-cookie", f"{COOKIE}={chosen}; Max-Age={YEAR}; Path=/; SameSite=Lax; HttpOnly")
            await send(message)

        with speaking(self._known[tag]):
            await self._app(scope, receive, said)
