"""The operators' desk: one list of what waits, and a page for each idea with what can be done about it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.commands import work_the_desk as do
from services.notify.domain.notifier import MAIL
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.dossier import dossier
from services.notify.queries.queue import KINDS, Choice, queue
from services.notify.web import sentences as words
from services.notify.web.counter import Counter
from services.notify.web.sentences import phrasebook, said
from shared.kernel.errors import Refused
from shared.kernel.ids import ActorId, IdeaId, ReferralId, tidy_code
from shared.web.i18n import gettext as _
from shared.web.pages import render
from shared.web.sessions import CurrentOperator, Operator

Text = Annotated[str, Form()]
KNOW = {**words.DELIVERY, **words.REMEDIES, **words.NOBODY, **words.ABSTAINED, **words.CALLS}


def router(counter: Counter) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    tools, urls = counter.tools, counter.env.urls
    home = urls.path("notify", "desk")

    def why_choose(choice: Choice) -> str:
        return words.choose_why(choice, tools.rules)

    @routes.get("")
    def waiting(request: Request, visa: str = "", sok: str = "") -> Response:
        """What waits longest stands first."""
        with counter.store.reading() as work:
            rows, paused, retried = queue(work, tools.today()), work.desk.paused(), work.deliveries.retried()
            code, typed = tidy_code(sok), sok.strip().casefold()
            coded = work.cases.by_code(code) if code else None
        found = [r for r in rows if r.code == code or typed in f"{r.title} {r.code} {r.place} {r.who}".casefold()]
        tabs = [("", _("Allt"), len(found))]
        tabs += [(kind, _(words.KINDS[kind]), sum(r.kind == kind for r in found)) for kind in KINDS]
        return render(
            request,
            "notify/queue.html",
            rows=[(r, tools.waited(r.since)) for r in found if visa in ("", r.kind)],
            tabs=tabs,
            chosen=visa,
            search=sok,
            coded=coded,
            paused=paused,
            whom=said(words.WHOM),
            retried=retried,
            know=said(KNOW),
            kinds=said(words.KINDS),
            why_choose=why_choose,
            urls=urls,
        )

    @routes.get("/ide/{idea_id}")
    def one(request: Request, idea_id: str) -> Response:
        return shown(request, IdeaId(idea_id))

    def shown(request: Request, idea_id: IdeaId, status: int = 200, notice: str = "") -> Response:
        with counter.store.reading() as work:
            seen = dossier(idea_id, work, tools)
        whys = {**words.REMEDIES, **words.NO_REASONS, **words.WHYS}
        return render(
            request,
            "notify/dossier.html",
            status,
            d=seen,
            notice=notice,
            why_you=phrasebook(words.WHY_YOU, seen.entries),
            remedy=said(words.REMEDIES),
            why_choose=why_choose,
            refuses=counter.carriers[MAIL].refuses,
            keeps=counter.carriers[MAIL].keeps,
            states=said(words.STATES),
            notes=said(words.NOTES),
            whys=said(whys),
            whom=said(words.WHOM),
            abstained=said(words.ABSTAINED),
            calls=said(words.CALLS),
            disclosed=said(words.SHOWN),
            basis=said(words.BASIS),
            urls=urls,
        )

    def done(request: Request, operator: Operator, act: Callable[[str, Work, Tools], None], back: str = "") -> Response:
        """Run one command as this operator, and go back to where it was pressed; there it is said why it could not."""
        try:
            with counter.store.writing() as work:
                act(operator.id, work, tools)
        except Refused as refused:
            if not back:
                raise
            return shown(request, IdeaId(back), refused.status, _(words.REFUSALS[refused.code]))
        return RedirectResponse(f"{home}/ide/{back}" if back else home, 303)

    @routes.post("/skicka")
    def send(request: Request, operator: CurrentOperator, referral: Text, back: Text = "") -> Response:
        return done(request, operator, lambda who, work, t: do.confirm(ReferralId(referral), who, work, t), back)

    @routes.post("/aterkalla")
    def cancel(request: Request, operator: CurrentOperator, referral: Text, back: Text = "") -> Response:
        return done(request, operator, lambda who, work, t: do.cancel(ReferralId(referral), who, work, t), back)

    @routes.post("/valj")
    def choose(request: Request, operator: CurrentOperator, idea: Text, actor: Text) -> Response:
        return done(request, operator, lambda who, work, t: do.choose(IdeaId(idea), ActorId(actor), who, work, t), idea)

    @routes.post("/adress")
    def address(
        request: Request, operator: CurrentOperator, actor: Text, address: Text = "", back: Text = ""
    ) -> Response:
        return done(request, operator, lambda who, work, t: do.add_address(ActorId(actor), address, who, work, t), back)

    @routes.post("/ringd")
    def rang(request: Request, operator: CurrentOperator, actor: Text, back: Text = "") -> Response:
        return done(request, operator, lambda who, work, t: do.tick(ActorId(actor), who, work, t), back)

    @routes.post("/samtycke")
    def consent(request: Request, operator: CurrentOperator, idea: Text) -> Response:
        return done(request, operator, lambda who, work, t: do.note_consent(IdeaId(idea), who, work, t), idea)

    @routes.post("/samtal")
    def called(request: Request, operator: CurrentOperator, call: Text) -> Response:
        return done(request, operator, lambda who, work, t: do.done_calling(call, who, work, t))

    @routes.post("/igen")
    def again(request: Request, operator: CurrentOperator, delivery: Text) -> Response:
        return done(request, operator, lambda who, work, t: do.send_again(delivery, who, work, t))

    @routes.post("/paus")
    def pause(request: Request, operator: CurrentOperator, paused: Text = "") -> Response:
        return done(request, operator, lambda who, work, t: do.pause_outgoing(bool(paused), who, work, t))

    return routes
