"""The partner's page: the idea, why you, until when; yes, not us, someone else. No account. A GET changes nothing."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.commands.answer_referral import accept_referral, reject_referral, undo_answer
from services.notify.domain.referral import UNDO, State
from services.notify.domain.working_days import between
from services.notify.queries.lead import Lead, lead
from services.notify.web.counter import Counter
from services.notify.web.sentences import NO_REASONS, REFUSALS, WHY_YOU, joined, phrasebook
from shared.kernel.errors import Refused
from shared.kernel.ids import ActorId
from shared.web.i18n import gettext as _
from shared.web.limits import limited
from shared.web.pages import render

PRIVATE = {"referrer-policy": "no-referrer", "cache-control": "no-store", "x-robots-tag": "noindex, nofollow"}
Text = Annotated[str, Form()]


def router(counter: Counter) -> APIRouter:  # noqa: PLR0915 - six small endpoints
    opening = Depends(limited(counter.settings.answer_rate, "answer"))
    routes = APIRouter(prefix="/{token}", include_in_schema=False, dependencies=[opening])

    def shown(
        request: Request, token: str, status: int = 200, found: dict[str, str] | None = None, at: str = ""
    ) -> Response:
        with counter.store.reading() as work:
            seen = lead(counter.links.read(token), work)
        now = counter.tools.clock.now()
        page = render(
            request,
            "notify/lead.html",
            status,
            lead=seen,
            why=_why(seen),
            left=between(now.date(), seen.referral.due),
            undoable=seen.referral.state in (State.ACCEPTED, State.REJECTED) and now - seen.referral.changed_at <= UNDO,
            no_reasons=[(code, _(words)) for code, words in NO_REASONS.items()],
            path=counter.env.urls.path("notify", "answer", f"/{token}"),
            urls=counter.env.urls,
            found=found or {},
            at=at or request.query_params.get("svar", ""),
        )
        page.headers.update(PRIVATE)
        return page

    def wrong(request: Request, token: str, refused: Refused, at: str) -> Response:
        """What to correct, beside the form; a state that has changed meanwhile is an error page of its own."""
        if refused.status != 422:
            raise refused
        return shown(request, token, 422, {refused.field or "name": _(REFUSALS[refused.code])}, at)

    def back(token: str) -> Response:
        return RedirectResponse(counter.env.urls.path("notify", "answer", f"/{token}"), 303, headers=PRIVATE)

    @routes.get("")
    def question(request: Request, token: str) -> Response:
        return shown(request, token)

    @routes.post("/ja")
    def yes(request: Request, token: str, name: Text = "") -> Response:
        referral_id = counter.links.read(token)
        try:
            with counter.store.writing() as work:
                accept_referral(referral_id, name, work, counter.tools)
        except Refused as refused:
            return wrong(request, token, refused, "ja")
        return back(token)

    @routes.post("/nej")
    def no(request: Request, token: str, name: Text = "", why: Text = "", words: Text = "") -> Response:
        referral_id = counter.links.read(token)
        try:
            if why not in NO_REASONS:
                raise Refused("reason_missing", field="why")
            with counter.store.writing() as work:
                reject_referral(referral_id, name, why, words, work, counter.tools)
        except Refused as refused:
            return wrong(request, token, refused, "inte")
        return back(token)

    @routes.post("/annan")
    def someone_else(request: Request, token: str, name: Text = "", other: Text = "") -> Response:
        referral_id = counter.links.read(token)
        try:
            if not other.strip():
                raise Refused("other_missing", field="other")
            with counter.store.writing() as work:
                reject_referral(referral_id, name, "referred_elsewhere", other, work, counter.tools)
        except Refused as refused:
            return wrong(request, token, refused, "annan")
        return back(token)

    @routes.post("/angra")
    def undo(token: str) -> Response:
        with counter.store.writing() as work:
            undo_answer(counter.links.read(token), work, counter.tools)
        return back(token)

    @routes.get("/paus")
    def stop(request: Request, token: str) -> Response:
        return paused(request, token)

    @routes.post("/paus")
    def pause(request: Request, token: str, again: Text = "") -> Response:
        """Stop, or take up, questions to this partner. Mail programs post here by themselves when asked to."""
        with counter.store.writing() as work:
            seen = lead(counter.links.read(token), work)
            work.partners.pause(ActorId(seen.actor_id), not again, counter.tools.clock.now())
        return paused(request, token)

    def paused(request: Request, token: str) -> Response:
        with counter.store.reading() as work:
            seen = lead(counter.links.read(token), work)
            now = work.partners.paused(ActorId(seen.actor_id))
        path = counter.env.urls.path("notify", "answer", f"/{token}")
        page = render(request, "notify/pause.html", lead=seen, paused=now, path=path)
        page.headers.update(PRIVATE)
        return page

    return routes


def _why(seen: Lead) -> str:
    book = phrasebook(WHY_YOU, seen.entries)
    reasons = seen.match.reasons if seen.match else ()
    return joined([words for r in reasons if (words := book.say(r.code, r.params))])
