"""What cannot be done, in the reader's language: RFC 9457 to programs, a page to people; never what failed inside."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.errors import Refused
from shared.telemetry.logging import cause, logger
from shared.web.guards import TooLong
from shared.web.i18n import gettext as _
from shared.web.i18n import later as N_
from shared.web.pages import render
from shared.web.phrasebook import Phrasebook
from shared.web.sessions import SignInFirst

TITLES = {
    400: N_("Vi kunde inte läsa det som skickades"),
    401: N_("Logga in först"),
    403: N_("Det går inte härifrån"),
    404: N_("Sidan finns inte"),
    405: N_("Så går det inte att göra här"),
    409: N_("Det går inte som läget är nu"),
    413: N_("Det var för mycket på en gång"),
    415: N_("Vi kan inte läsa det formatet"),
    422: N_("Något behöver rättas"),
    429: N_("Vänta lite"),
    500: N_("Något gick fel hos oss"),
    503: N_("Det går inte just nu"),
}
ADVICE = {
    400: N_("Gå tillbaka, ladda om sidan och försök igen."),
    403: N_("Öppna sidan här hos oss och försök igen därifrån."),
    404: N_("Kontrollera adressen. En länk i ett brev kan ha brutits på två rader: kopiera hela."),
    405: N_("Gå tillbaka och försök igen därifrån."),
    413: N_("Korta texten och skicka igen. Det du skrev finns kvar om du går tillbaka."),
    415: N_("Skicka som JSON: content-type application/json."),
    422: N_("Gå tillbaka och se över det du fyllde i."),
    429: N_("Det blev många försök på kort tid. Prova igen om en stund."),
    500: N_("Felet är noterat. Det du skrev finns kvar om du går tillbaka. Prova igen om en stund."),
    503: N_(
        "Vi kan inte spara något just nu. Det du skrev finns kvar om du går tillbaka. Prova igen om några minuter."
    ),
}
SENTENCES = {
    "slow_down": N_("Det blev många försök på kort tid. Prova igen om en stund."),
    "no_such_service": N_("Den delen körs inte här."),
}


def problem(request: Request, status: int, detail: str | None, **more: Any) -> JSONResponse:
    """An `application/problem+json` answer. `more` are its extension members, such as `code` and `field`."""
    body = {
        "type": f"urn:gort:problem:{more.get('code', status)}",
        "title": _(TITLES.get(status, TITLES[500])),
        "status": status,
        "detail": detail or _(ADVICE.get(status, ADVICE[500])),
        "instance": request.url.path,
        **{k: v for k, v in more.items() if v},
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def answer(request: Request, status: int, detail: str | None = None, **more: Any) -> Response:
    """To a program a problem, to a person a page."""
    if request.url.path.startswith("/api/"):
        return problem(request, status, detail, **more)
    title = _(TITLES.get(status, TITLES[500]))
    advice = detail or _(ADVICE.get(status, ADVICE[500]))
    return render(request, "problem.html", status, title=title, advice=advice)


def handle_problems(app: FastAPI, sentences: Mapping[str, str]) -> None:
    """Teach an application what to answer when a page raises. `sentences` are the services' own, by code."""
    book = Phrasebook({**SENTENCES, **sentences})

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        words = book.say(error.code, error.params)
        return answer(request, error.status, words, code=error.code, field=error.field, **dict(error.params))

    def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = error.errors()
        wrong = [{"field": ".".join(map(str, e["loc"][1:])), "detail": e["msg"]} for e in found]
        status = 400 if any(e["type"] == "json_invalid" for e in found) else 422
        return answer(request, status, errors=wrong)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = answer(request, 413 if request.scope.get("too_long") else error.status_code)
        response.headers.update(error.headers or {})
        return response

    def sign_in(request: Request, error: Exception) -> Response:
        assert isinstance(error, SignInFirst)
        if request.url.path.startswith("/api/"):
            return answer(request, 401)
        return RedirectResponse(f"{request.app.state.sign_in}?next={error.back_to}", 303)

    def cannot_save(request: Request, error: Exception) -> Response:
        logger("web").error("cannot save", route=route_of(request), **cause(error))
        return answer(request, 503)

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(SignInFirst, sign_in)
    app.add_exception_handler(OperationalError, cannot_save)
    app.add_exception_handler(OSError, cannot_save)


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
