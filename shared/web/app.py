"""Makes the frame of an application: what is around every page. Services' routers are put into it by `compose`."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.kernel.keys import Keyring
from shared.telemetry.meters import ServiceMeters
from shared.web.assets import Assets
from shared.web.counted import Counted
from shared.web.guards import Bounded, Headed, Heads, cross_site, on_this_site
from shared.web.i18n import Tongue
from shared.web.language import Spoken
from shared.web.limits import Limits
from shared.web.pages import MenuItem, Pages
from shared.web.problems import Calm, answer, handle_problems
from shared.web.region import Region
from shared.web.sessions import Sessions

MOST = 256 * 1024  # bytes of a body: ten times the longest idea

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame is made of. `folders` hold `templates/`; `sentences` are the words of refusals by code."""

    region: Region
    keys: Keyring
    tongues: Mapping[str, Tongue]
    folders: tuple[Path, ...]
    menu: tuple[MenuItem, ...]
    sentences: Mapping[str, str]
    public_url: str
    sign_in: str
    meters: ServiceMeters


class SameSite:
    """Refuses what another site's page made a browser send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and cross_site((request := Request(scope)).headers, request.method):
            await answer(request, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def make_app(frame: Frame, lifespan: Lifespan) -> FastAPI:
    """An application with the frame and no pages of its own but static files and the choice of theme."""
    https = frame.public_url.startswith("https:")
    assets = Assets(frame.region)
    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.pages = Pages(frame.folders, frame.region, frame.menu, assets.paths)
    app.state.sessions = Sessions(frame.keys, secure=https)
    app.state.limits = Limits()
    app.state.sign_in = frame.sign_in
    handle_problems(app, frame.sentences)
    app.include_router(assets.router())

    @app.post("/utseende", include_in_schema=False)
    def theme(tema: Annotated[str, Form()] = "", till: Annotated[str, Form()] = "/") -> Response:
        """Light, dark, or as the device has it; back to the page that asked."""
        response = RedirectResponse(on_this_site(till), 303)
        response.set_cookie("theme", tema if tema in ("light", "dark") else "", max_age=31536000, samesite="lax")
        return response

    for middleware, options in _around(https, frame):
        app.add_middleware(middleware, **options)
    return app


def _around(https: bool, frame: Frame) -> Iterable[tuple[type, dict[str, object]]]:
    """Middleware from the inside out."""
    yield Bounded, {"most": MOST}
    yield SameSite, {}
    yield Calm, {}
    yield Counted, {"meters": frame.meters}
    yield Spoken, {"known": frame.tongues}
    yield GZipMiddleware, {"minimum_size": 1000}
    yield Headed, {"https": https}
    yield Heads, {}
