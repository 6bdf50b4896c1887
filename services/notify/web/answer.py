"""The partner's page: the idea, why you, until when; yes, not us, someone else. No account. A GET changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.commands.answer_referral import accept_referral, reject_referral, undo_answer
from services.notify.commands.pause_questions import pause_questions
from services.notify.domain.referral import REASONS, UNDO, State
from services.notify.domain.work import Work
from services.notify.queries.lead import Lead, lead
from services.notify.web.counter import Counter
from services.notify.web.sentences import NO_REASONS, REFUSALS, WHY_YOU, joined, phrasebook
from shared.kernel.errors import Conflict, Refused
from shared.kernel.ids import ActorId, ReferralId
from shared.web.i18n import gettext as _
from shared.web.limits import limited
from shared.web.pages import render

PRIVATE = {"referrer-policy": "no-referrer", "cache-control": "no-store", "x-robots-tag": "noindex, nofollow"}
NAME_OF = {"ja": "n1", "inte": "n2", "annan": "n3"}  # each answer's form asks for a name: the field's id on the page
CLOSED = "illegal_transition"
Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody was answering: which of the three is open, what they filled in, what is wrong by the field's id."""

    at: str = ""
    name: str = ""
    why: str = ""
    words: str = ""
    other: str = ""
    notice: str = ""
    found: dict[str, str] = field(default_factory=dict[str, str])


def router(counter: Counter) -> APIRouter:
    opening = Depends(limited(counter.settings.answer_rate, "answer"))
    routes = APIRouter(prefix="/{token}", include_in_schema=False, dependencies=[opening])
    links, tools, urls = counter.links, counter.tools, counter.env.urls

    def shown(request: Request, token: str, status: int = 200, answer: Answer | None = None) -> Response:
        """The question as it stands, with what somebody was answering when it could not be taken."""
        with counter.store.reading() as work:
            seen = lead(links.read(token), work)
        answered = seen.referral.state in (State.ACCEPTED, State.REJECTED) and not seen.withdrawn
        page = render(
            request,
            "notify/lead.html",
            status,
            lead=seen,
            answer=answer or Answer(request.query_params.get("svar", "")),
            why=_why(seen),
            left=tools.left(seen.referral.due),
            contact_days=tools.contact_days,
            undoable=answered and tools.clock.now() - seen.referral.changed_at <= UNDO,
            no_reasons=[(code, _(NO_REASONS[code])) for code in REASONS if code in NO_REASONS],
            path=urls.path("notify", "answer", f"/{token}"),
        )
        page.headers.update(PRIVATE)
        return page

    def taken(request: Request, token: str, answer: Answer, act: Callable[[ReferralId, Work], None]) -> Response:
        """Do it, and show what came of it; or show beside the form what to correct, or what has changed meanwhile."""
        referral_id = links.read(token)
        try:
            with counter.store.writing() as work:
                act(referral_id, work)
        except Conflict as refused:
            return shown(request, token, refused.status, Answer(notice=_(REFUSALS[refused.code])))
        except Refused as refused:
            if refused.field is None:
                raise
            if closed(referral_id):  # nothing to correct any more
                return shown(request, token, 409, Answer(notice=_(REFUSALS[CLOSED])))
            wrong = {NAME_OF[answer.at] if refused.field == "name" else refused.field: _(REFUSALS[refused.code])}
            return shown(request, token, refused.status, replace(answer, found=wrong))
        return RedirectResponse(urls.path("notify", "answer", f"/{token}"), 303, headers=PRIVATE)

    def closed(referral_id: ReferralId) -> bool:
        with counter.store.reading() as work:
            return lead(referral_id, work).referral.state is not State.REQUESTED

    @routes.get("")
    def question(request: Request, token: str) -> Response:
        return shown(request, token)

    @routes.post("/ja")
    def yes(request: Request, token: str, name: Text = "") -> Response:
        return taken(request, token, Answer("ja", name), lambda r, work: accept_referral(r, name, work, tools))

    @routes.post("/nej")
    def no(request: Request, token: str, name: Text = "", why: Text = "", words: Text = "") -> Response:
        def act(referral_id: ReferralId, work: Work) -> None:
            if why not in NO_REASONS:
                raise Refused("reason_missing", field="why")
            reject_referral(referral_id, name, why, words, work, tools)

        return taken(request, token, Answer("inte", name, why=why, words=words), act)

    @routes.post("/annan")
    def someone_else(request: Request, token: str, name: Text = "", other: Text = "") -> Response:
        def act(referral_id: ReferralId, work: Work) -> None:
            if not other.strip():
                raise Refused("other_missing", field="other")
            reject_referral(referral_id, name, "referred_elsewhere", other, work, tools)

        return taken(request, token, Answer("annan", name, other=other), act)

    @routes.post("/angra")
    def undo(request: Request, token: str) -> Response:
        return taken(request, token, Answer(), lambda r, work: undo_answer(r, work, tools))

    @routes.get("/paus")
    def stop(request: Request, token: str) -> Response:
        return paused(request, token)

    @routes.post("/paus")
    def pause(request: Request, token: str, again: Text = "") -> Response:
        """Stop, or take up, questions to this partner. Mail programs post here by themselves when asked to."""
        with counter.store.writing() as work:
            pause_questions(links.read(token), not again, work, tools)
        return paused(request, token)

    def paused(request: Request, token: str) -> Response:
        with counter.store.reading() as work:
            seen = lead(links.read(token), work)
            now = work.partners.paused(ActorId(seen.actor_id))
        path = urls.path("notify", "answer", f"/{token}")
        page = render(request, "notify/pause.html", lead=seen, paused=now, path=path)
        page.headers.update(PRIVATE)
        return page

    return routes


def _why(seen: Lead) -> str:
    book = phrasebook(WHY_YOU, seen.entries)
    reasons = seen.match.reasons if seen.match else ()
    return joined([words for r in reasons if (words := book.say(r.code, r.params))])
