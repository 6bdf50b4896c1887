"""The holder's own page, behind the personal link: what has happened, who fits, who has seen what, and the way back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands.locate_idea import locate_idea
from services.intake.commands.share_idea import share_idea
from services.intake.commands.withdraw_idea import withdraw_idea
from services.intake.domain.idea import Idea
from services.intake.domain.work import Work
from services.intake.queries.find_idea import by_secret
from services.intake.web.door import Door
from services.intake.web.view import HolderView, holder_view
from shared.kernel.ids import MunicipalityCode
from shared.telemetry.logging import logger
from shared.web.limits import limited
from shared.web.pages import render

PRIVATE = {"referrer-policy": "no-referrer", "cache-control": "no-store", "x-robots-tag": "noindex, nofollow"}


def router(door: Door) -> APIRouter:
    opening = Depends(limited(door.settings.secret_rate, "secret"))
    routes = APIRouter(prefix="/min/{secret}", include_in_schema=False, dependencies=[opening])

    def shown(request: Request, template: str, secret: str) -> Response:
        with door.store.reading() as work:
            view = _view(work, by_secret(secret, work))
        path = door.env.urls.path("intake", "pages", f"/min/{secret}")
        link = door.env.urls.link("intake", "pages", f"/min/{secret}")
        page = render(request, template, view=view, path=path, link=link, urls=door.env.urls)
        page.headers.update(PRIVATE)
        return page

    @routes.get("")
    def mine(request: Request, secret: str) -> Response:
        return shown(request, "intake/idea.html", secret)

    @routes.get("/framme")
    def receipt(request: Request, secret: str) -> Response:
        return shown(request, "intake/sent.html", secret)

    @routes.get("/ratta")
    def correct(request: Request, secret: str) -> Response:
        return shown(request, "intake/place.html", secret)

    @routes.post("/plats")
    def place(secret: str, municipality: Annotated[str, Form()]) -> Response:
        """The holder confirms or corrects where the idea lives."""
        with door.store.writing() as work:
            locate_idea(by_secret(secret, work).idea_id, MunicipalityCode(municipality), work, door.env.clock)
        return _back(door, secret)

    @routes.post("/visa")
    def share(secret: str) -> Response:
        """The holder lets partners read the idea."""
        with door.store.writing() as work:
            share_idea(by_secret(secret, work).idea_id, work, door.env.clock)
        return _back(door, secret)

    @routes.get("/ta-tillbaka")
    def sure(request: Request, secret: str) -> Response:
        return shown(request, "intake/withdraw.html", secret)

    @routes.post("/ta-tillbaka")
    def withdraw(secret: str) -> Response:
        """Everything the holder wrote is removed; the page stays and says so."""
        with door.store.writing() as work:
            idea = by_secret(secret, work)
            gone = withdraw_idea(idea.idea_id, work, door.env.clock)
        if gone:
            logger("intake").info("idea withdrawn", idea=idea.idea_id)
            door.store.database.tidy()
        return _back(door, secret)

    return routes


def _view(work: Work, idea: Idea) -> HolderView:
    return holder_view(idea, work.follow.of(idea.idea_id), work)


def _back(door: Door, secret: str) -> Response:
    return RedirectResponse(door.env.urls.path("intake", "pages", f"/min/{secret}"), 303, headers=PRIVATE)
