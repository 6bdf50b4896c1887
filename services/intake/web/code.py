"""For whoever has a receipt code: how far the idea has come; and for a holder who lost the link: send it again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from services.intake.commands.resend_link import resend_link
from services.intake.queries.status import Status, status_of
from services.intake.web.door import Door
from services.intake.web.sentences import REFUSALS, STATES
from shared.kernel.errors import NotFound
from shared.kernel.ids import tidy_code
from shared.web.i18n import gettext as _
from shared.web.limits import limited
from shared.web.pages import render


def router(door: Door) -> APIRouter:
    trying = Depends(limited(door.settings.code_rate, "code"))
    routes = APIRouter(include_in_schema=False)

    @routes.get("/kod")
    def ask(request: Request) -> Response:
        return render(request, "intake/code.html", urls=door.env.urls, code="", found={}, state=None, sent=False)

    @routes.post("/kod", dependencies=[trying])
    def answer(request: Request, code: Annotated[str, Form()] = "") -> Response:
        """POST, so that a code is in no log and no history."""

        def shown(state: Status | None, words: str, found: dict[str, str]) -> Response:
            status, code_ = 404 if found else 200, code[:20]
            page = "intake/code.html"
            return render(
                request, page, status, urls=door.env.urls, code=code_, sent=False, state=state, words=words, found=found
            )

        try:
            with door.store.reading() as work:
                status = status_of(tidy_code(code[:20]), work)
        except NotFound as error:
            found = {"code": _(REFUSALS[error.code])}
            return shown(None, "", found)
        return shown(status, _(STATES[status.state]), {})

    @routes.post("/kod/lank", dependencies=[trying])
    def resend(
        request: Request, lost_code: Annotated[str, Form()] = "", email: Annotated[str, Form()] = ""
    ) -> Response:
        """The same answer whether or not the address was the one that was given."""
        with door.store.writing() as work:
            resend_link(tidy_code(lost_code[:20]), email[:254], work, door.env.clock)
        return render(request, "intake/code.html", urls=door.env.urls, code="", found={}, state=None, sent=True)

    @routes.get("/personuppgifter")
    def privacy(request: Request) -> Response:
        return render(request, "intake/privacy.html", urls=door.env.urls)

    @routes.get("/tillganglighet")
    def accessibility(request: Request) -> Response:
        return render(request, "intake/accessibility.html", urls=door.env.urls)

    return routes
