"""Operators sign in by a one-time link. GET shows a button and uses nothing up: mail scanners follow links."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.commands.ask_to_sign_in import ask_to_sign_in
from services.notify.commands.invite_operator import admit_operator
from services.notify.web.counter import Counter
from shared.web.i18n import gettext as _
from shared.web.limits import limited
from shared.web.pages import render
from shared.web.sessions import Operator, Sessions

Text = Annotated[str, Form()]
PRIVATE = {"referrer-policy": "no-referrer"}


def router(counter: Counter) -> APIRouter:
    trying = Depends(limited(counter.settings.signin_rate, "sign-in"))
    routes = APIRouter(include_in_schema=False)
    urls = counter.env.urls

    @routes.get("")
    def ask(request: Request) -> Response:
        return render(request, "notify/signin.html", sent=False, found={}, urls=urls)

    @routes.post("", dependencies=[trying])
    def mail_link(request: Request, email: Text = "") -> Response:
        """The same answer whether or not the address is an operator's."""
        with counter.store.writing() as work:
            ask_to_sign_in(email, work, counter.tools)
        return render(request, "notify/signin.html", sent=True, found={}, urls=urls)

    @routes.post("/ut")
    def out(request: Request) -> Response:
        response = RedirectResponse(urls.path("notify", "signin"), 303)
        sessions: Sessions = request.app.state.sessions
        sessions.close(response)
        return response

    @routes.get("/{token}")
    def door(request: Request, token: str) -> Response:
        path = urls.path("notify", "signin", f"/{token}")
        page = render(request, "notify/enter.html", path=path)
        page.headers.update(PRIVATE)
        return page

    @routes.post("/{token}", dependencies=[trying])
    def enter(request: Request, token: str) -> Response:
        with counter.store.writing() as work:
            known = admit_operator(token, work, counter.tools.clock)
        if known is None:
            found = {"email": _("Länken är använd eller för gammal. Be om en ny.")}
            return render(request, "notify/signin.html", 422, sent=False, found=found, urls=urls)
        response = RedirectResponse(urls.path("notify", "desk"), 303, headers=PRIVATE)
        sessions: Sessions = request.app.state.sessions
        sessions.open(response, Operator(*known))
        return response

    return routes
