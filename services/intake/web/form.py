"""The start page: the question, the writing box, and what happens then."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.channels import web as channel
from services.intake.commands.submit_idea import KeyReused, Resent, SubmitIdea
from services.intake.web.door import Door
from services.intake.web.sentences import REFUSALS
from shared.events.entry import Example
from shared.kernel.errors import Refused
from shared.kernel.ids import new_id
from shared.web.i18n import PSEUDO, tongue
from shared.web.limits import limited, visitor
from shared.web.pages import render
from shared.web.phrasebook import Phrasebook

BOOK = Phrasebook(REFUSALS)
EMPTY = dict.fromkeys(("text", "contact", "reach", "place", "name", "title", "legal_form", "share"), "")
Text = Annotated[str, Form()]


def router(door: Door) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    telling = Depends(limited(door.settings.tell_rate, "tell"))

    def page(request: Request, filled: dict[str, str], found: dict[str, str], again: bool = False) -> Response:
        with door.store.reading() as work:
            forms = work.entries.of_kind("term")
            stories = [e for e in work.entries.of_kind("example") if isinstance(e, Example) and e.verified]
            towns = {m.id: m.name for m in work.entries.of_kind("municipality")}
        local = [s for s in stories if any(name in s.place for name in towns.values())][:3]
        return render(
            request,
            "intake/start.html",
            422 if found else 200,
            filled={**EMPTY, "key": new_id(), **filled},
            found=found,
            again=again,
            forms=[f for f in forms if f.id.startswith("eligible_forms:")],
            stories=[(s, [code for code, name in towns.items() if name in s.place]) for s in local],
            urls=door.env.urls,
        )

    def resent(request: Request) -> Resent:
        """The browser at its address stands for the one who sends: kept only in a keyed fingerprint, for a while."""
        sender = f"{visitor(request)} {request.headers.get('user-agent', '')}"
        return Resent(sender, timedelta(hours=door.settings.same_form_hours))

    @routes.get("/")
    def start(request: Request) -> Response:
        return page(request, {}, {})

    @routes.post("/", dependencies=[telling])
    def tell(
        request: Request,
        text: Text = "",
        contact: Text = "",
        reach: Text = "none",
        place: Text = "",
        name: Text = "",
        title: Text = "",
        legal_form: Text = "",
        share: Text = "",
        key: Text = "",
    ) -> Response:
        """Take the idea in and show the receipt. What is wrong is said beside what was written; nothing is lost."""
        filled = {
            "text": text,
            "contact": contact,
            "reach": reach,
            "place": place,
            "name": name,
            "title": title,
            "legal_form": legal_form,
            "share": share,
        }
        language = tongue().tag
        try:
            told, holder = channel.told({**filled, "language": "sv" if language == PSEUDO else language})
            receipt = door.take(SubmitIdea(told, holder, f"web:{key[:64]}" if key else None, resent(request)))
        except KeyReused:
            return page(request, filled, {}, again=True)
        except Refused as refused:
            words = BOOK.say(refused.code, refused.params) or refused.code
            return page(request, {**filled, "key": key or new_id()}, {refused.field or "text": words})
        return RedirectResponse(f"{door.page_of(receipt)}/framme", 303)

    return routes
