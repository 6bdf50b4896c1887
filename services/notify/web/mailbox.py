"""The mailbox page: what would have been mailed, had there been a mail server. For operators."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from services.notify.domain.notices import Mail
from services.notify.domain.notifier import MAIL
from services.notify.web.counter import Counter
from shared.kernel.errors import NotFound
from shared.web.pages import render

# A mail brings its own styles and nothing else: no script, no form, nothing fetched, and no origin to act in.
AS_MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups"
)


def router(counter: Counter) -> APIRouter:
    routes = APIRouter(prefix="/brev", include_in_schema=False)
    urls = counter.env.urls

    def found(mail_id: int) -> Mail:
        with counter.store.reading() as work:
            mail = work.desk.mail(mail_id)
        if mail is None:
            raise NotFound("no_such_mail")
        return mail

    @routes.get("")
    def mailbox(request: Request) -> Response:
        """The newest first."""
        with counter.store.reading() as work:
            mails = work.desk.mails(200)
        return render(request, "notify/mailbox.html", mails=mails, carrier=counter.carriers[MAIL], urls=urls)

    @routes.get("/{mail_id}")
    def text(request: Request, mail_id: int) -> Response:
        return render(request, "notify/one_mail.html", mail=found(mail_id), urls=urls)

    @routes.get("/{mail_id}/html")
    def html(mail_id: int) -> Response:
        """The other part of the mail, as a mail program shows it."""
        return HTMLResponse(found(mail_id).html, headers={"content-security-policy": AS_MAIL})

    return routes
