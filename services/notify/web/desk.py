"""The operators' desk: one list of what waits, and a page for each idea with what can be done about it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.commands import work_the_desk as do
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.domain.working_days import between
from services.notify.queries.dossier import dossier
from services.notify.queries.queue import KINDS, queue
from services.notify.web.counter import Counter
from services.notify.web.sentences import (
    ABSTAINED,
    CALLS,
    DELIVERY,
    NO_REASONS,
    NOTES,
    REMEDIES,
    STATES,
    WHY_YOU,
    phrasebook,
)
from services.notify.web.sentences import KINDS as WORDS
from shared.kernel.errors import NotFound
from shared.kernel.ids import ActorId, IdeaId, ReferralId
from shared.web.i18n import gettext as _
from shared.web.pages import render
from shared.web.sessions import CurrentOperator, Operator

Text = Annotated[str, Form()]
KNOW = {**REMEDIES, **ABSTAINED, **CALLS, **DELIVERY}


def _known(code: str) -> str:
    """The words of a code; a code that has none as it is, such as what a mail server said."""
    return _(KNOW[code]) if code in KNOW else code


def router(counter: Counter) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    tools, urls = counter.tools, counter.env.urls
    home = urls.path("notify", "desk")

    @routes.get("")
    def waiting(request: Request, visa: str = "", sok: str = "") -> Response:
        """What waits longest stands first."""
        today = tools.clock.now().date()
        with counter.store.reading() as work:
            rows, paused = queue(work, today), work.desk.paused()
        wanted = sok.strip().lower()
        found = [r for r in rows if not wanted or wanted in f"{r.title} {r.code} {r.place} {r.who}".lower()]
        tabs = [("", _("Allt"), len(found))]
        tabs += [(kind, _(WORDS[kind]), sum(r.kind == kind for r in found)) for kind in KINDS]
        return render(
            request,
            "notify/queue.html",
            rows=[(r, between(r.since.date(), today)) for r in found if visa in ("", r.kind)],
            tabs=tabs,
            chosen=visa,
            search=sok,
            paused=paused,
            know=_known,
            kinds={kind: _(words) for kind, words in WORDS.items()},
            urls=urls,
        )

    @routes.get("/ide/{idea_id}")
    def one(request: Request, idea_id: str) -> Response:
        with counter.store.reading() as work:
            seen = dossier(IdeaId(idea_id), work, tools)
        book = phrasebook({**WHY_YOU, **REMEDIES}, seen.entries)
        return render(
            request,
            "notify/dossier.html",
            d=seen,
            book=book,
            states={k: _(v) for k, v in STATES.items()},
            notes={k: _(v) for k, v in NOTES.items()},
            no_reasons={k: _(v) for k, v in NO_REASONS.items()},
            abstained=_known,
            calls={k: _(v) for k, v in CALLS.items()},
            urls=urls,
        )

    def done(operator: Operator, act: Callable[[str, Work, Tools], None], back: str = "") -> Response:
        """Run one command as this operator, and go back to where it was pressed."""
        with counter.store.writing() as work:
            act(operator.id, work, tools)
        return RedirectResponse(f"{home}/ide/{back}" if back else home, 303)

    @routes.post("/skicka")
    def send(operator: CurrentOperator, referral: Text, back: Text = "") -> Response:
        return done(operator, lambda who, work, t: do.confirm(ReferralId(referral), who, work, t), back)

    @routes.post("/aterkalla")
    def cancel(operator: CurrentOperator, referral: Text, back: Text = "") -> Response:
        return done(operator, lambda who, work, t: do.cancel(ReferralId(referral), who, work, t), back)

    @routes.post("/valj")
    def choose(operator: CurrentOperator, idea: Text, actor: Text) -> Response:
        return done(operator, lambda who, work, t: do.choose(IdeaId(idea), ActorId(actor), who, work, t), idea)

    @routes.post("/adress")
    def address(operator: CurrentOperator, actor: Text, address: Text = "", back: Text = "") -> Response:
        return done(operator, lambda who, work, t: do.add_address(ActorId(actor), address, who, work, t), back)

    @routes.post("/ringd")
    def rang(operator: CurrentOperator, actor: Text, back: Text = "") -> Response:
        return done(operator, lambda who, work, t: do.tick(ActorId(actor), who, work, t), back)

    @routes.post("/samtycke")
    def consent(operator: CurrentOperator, idea: Text) -> Response:
        return done(operator, lambda who, work, t: do.note_consent(IdeaId(idea), who, work, t), idea)

    @routes.post("/samtal")
    def called(operator: CurrentOperator, call: Text) -> Response:
        return done(operator, lambda who, work, t: do.done_calling(call, who, work, t))

    @routes.post("/igen")
    def again(operator: CurrentOperator, delivery: Text) -> Response:
        return done(operator, lambda who, work, t: do.send_again(delivery, who, work, t))

    @routes.post("/paus")
    def pause(operator: CurrentOperator, paused: Text = "") -> Response:
        return done(operator, lambda who, work, t: do.pause_outgoing(bool(paused), who, work, t))

    @routes.get("/brev")
    def mailbox(request: Request) -> Response:
        """What would have been mailed, had there been a mail server."""
        with counter.store.reading() as work:
            mails = work.desk.mails(200)
        return render(request, "notify/mailbox.html", mails=mails, urls=urls)

    @routes.get("/brev/{mail_id}")
    def mail(request: Request, mail_id: int) -> Response:
        with counter.store.reading() as work:
            found = work.desk.mail(mail_id)
        if found is None:
            raise NotFound("no_such_mail")
        return render(request, "notify/one_mail.html", mail=found, urls=urls)

    return routes
