"""What cannot be done, in the reader's language: RFC 9457 to programs, a page to people; never what failed inside."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.errors import Refused, TooMany
from shared.telemetry.logging import cause, logger
from shared.web.guards import TooLong, on_this_site
from shared.web.i18n import gettext as _
from shared.web.pages import render
from shared.web.phrasebook import Phrasebook
from shared.web.problem_words import ADVICE, FAULTS, SENTENCES, TITLES, UNREADABLE
from shared.web.sessions import SignInFirst

Members = Mapping[str, Any]


def for_program(request: Request) -> bool:
    """Is the answer read by a program? APIs are; so is whoever asks for JSON and not for pages."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accepted and "html" not in accepted)


def answer(request: Request, status: int, detail: str | None = None, more: Members | None = None) -> Response:
    """To a program a problem with `more` as its extension members, to a person a page."""
    title = _(TITLES.get(status, TITLES[500]))
    detail = detail or _(ADVICE.get(status, ADVICE[500]))
    if not for_program(request):
        return render(request, "problem.html", status, title=title, advice=detail)
    added = {name: value for name, value in (more or {}).items() if value}
    kind = f"urn:gort:problem:{added.get('code', status)}"
    body = {"type": kind, "title": title, "status": status, "detail": detail, "instance": request.url.path}
    return JSONResponse(added | body, status, media_type="application/problem+json")


def handle_problems(app: FastAPI, sentences: Mapping[str, str]) -> None:
    """Teach an application what to answer when a page raises. `sentences` are the services' own, by code."""
    book, faults = Phrasebook({**SENTENCES, **sentences}), Phrasebook(FAULTS)

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        words = book.say(error.code, error.params)
        more = {**error.params, "code": error.code, "field": error.field}
        response = answer(request, error.status, words, more)
        if isinstance(error, TooMany) and "seconds" in error.params:
            response.headers["retry-after"] = str(error.params["seconds"])
        return response

    def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = error.errors()
        wrong = [
            _field(e) | {"code": e["type"], "detail": faults.say(e["type"], e.get("ctx")) or _(UNREADABLE)}
            for e in found
        ]
        kinds = {e["type"] for e in found}
        foreign = "model_attributes_type" in kinds and "json" not in request.headers.get("content-type", "")
        status = 400 if "json_invalid" in kinds else 415 if foreign else 422
        return answer(request, status, more={"errors": wrong})

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 405 and request.method == "GET" and not for_program(request):
            return RedirectResponse(_page_of_form(request), 303)
        response = answer(request, 413 if request.scope.get("too_long") else error.status_code)
        response.headers.update(error.headers or {})
        return response

    def sign_in(request: Request, error: Exception) -> Response:
        assert isinstance(error, SignInFirst)
        if for_program(request):
            return answer(request, 401)
        return RedirectResponse(request.app.state.sign_in, 303)

    def cannot_save(request: Request, error: Exception) -> Response:
        logger("web").error("cannot save", route=route_of(request), **cause(error))
        return answer(request, 503)

    def cannot_hold(request: Request, error: Exception) -> Response:
        """Text with a NUL, or a number without end: no column takes it. Which field it was is not known."""
        logger("web").warning("cannot hold", route=route_of(request), **cause(error))
        return answer(request, 422)

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(SignInFirst, sign_in)
    app.add_exception_handler(DataError, cannot_hold)
    app.add_exception_handler(OperationalError, cannot_save)
    app.add_exception_handler(OSError, cannot_save)


def _field(fault: Mapping[str, Any]) -> dict[str, str]:
    """Where a fault is, if it is in a field. Of JSON that cannot be read Pydantic says the byte, which is none."""
    where = ".".join(map(str, fault["loc"][1:]))
    return {} if fault["type"] == "json_invalid" or not where else {"field": where}


def _page_of_form(request: Request) -> str:
    """The page whose form posts to this address: the address above it.

    A form that was answered with errors is reloaded, or read in another language, at the address that it was sent to.
    """
    above = on_this_site(request.url.path.rstrip("/").rpartition("/")[0] or "/")
    return f"{above}?{request.url.query}" if request.url.query else above


class Calm:
    """The outermost net: whatever was not foreseen is logged without its values and answered without its inside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = False

        async def noted(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            request = Request(scope)
            if not isinstance(error, TooLong):
                logger("web").error("request failed", route=route_of(request), **cause(error))
            if not began:
                await answer(request, 413 if isinstance(error, TooLong) else 500)(scope, receive, send)


def route_of(request: Request) -> str:
    """The pattern of the route, never the address: addresses carry secrets."""
    return getattr(request.scope.get("route"), "path", "?")
