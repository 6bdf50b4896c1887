"""Mail by SMTP. Refuses every address outside `.example` until live mail is switched on: a trial run mails nobody."""

import asyncio
import socket
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

import aiosmtplib

from services.notify.domain.delivery import TIMEOUT
from services.notify.domain.notifier import How, Message, Notifier, Outcome, Send
from services.notify.domain.work import Work
from services.notify.settings import Settings
from shared.kernel.clock import Clock
from shared.storage.store import Store
from shared.web.region import Sender

notifier = Notifier("smtp")


def make(settings: Settings, store: Store[Work], sender: Sender, clock: Clock) -> Send | None:  # noqa: ARG001
    if settings.smtp_host is None:
        return None
    return Smtp(settings, sender, clock).send


class Smtp:
    """One connection, kept open between messages; opened anew when the server has closed it."""

    def __init__(self, settings: Settings, sender: Sender, clock: Clock) -> None:
        self._settings, self._sender, self._clock = settings, sender, clock
        self._lock = asyncio.Lock()
        self._client: aiosmtplib.SMTP | None = None

    async def send(self, message: Message) -> Outcome:
        """4xx and a silent server mean later, 5xx never. The id is the same at every try."""
        if not self._settings.live_mail and not message.to.lower().endswith(".example"):
            return Outcome(How.FAILED, "not_live")
        async with self._lock:
            try:
                client = await self._connected()
                await client.send_message(as_mail(message, self._sender, self._clock), recipients=[message.to])
            except aiosmtplib.SMTPRecipientsRefused as error:
                return _refused([r.code for r in error.recipients])
            except aiosmtplib.SMTPResponseException as error:
                await self._drop()
                return _refused([error.code])
            except (aiosmtplib.SMTPException, OSError, TimeoutError):
                await self._drop()
                return Outcome(How.LATER, "server_silent")
        return Outcome(How.SENT)

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client and self._client.is_connected:
            return self._client
        wanted = self._settings
        self._client = aiosmtplib.SMTP(
            hostname=wanted.smtp_host,
            port=wanted.smtp_port,
            username=wanted.smtp_user,
            password=wanted.smtp_password.get_secret_value() if wanted.smtp_password else None,
            use_tls=wanted.smtp_tls == "tls",
            start_tls=wanted.smtp_tls == "starttls",
            timeout=TIMEOUT / 2,
            local_hostname=socket.gethostname(),
        )
        await self._client.connect()
        return self._client

    async def _drop(self) -> None:
        client, self._client = self._client, None
        if client:
            client.close()


def as_mail(message: Message, sender: Sender, clock: Clock) -> EmailMessage:
    """A message as RFC 5322 wants it: both parts readable, the plain one first."""
    mail = EmailMessage()
    mail["From"] = formataddr((sender.name, sender.address))
    mail["To"] = formataddr((message.to_name, message.to))
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in message.headers.items():
        mail[name] = value
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    return mail


def _refused(codes: list[int]) -> Outcome:
    """What the server's codes mean: any 4xx is worth another try."""
    passing = any(400 <= code < 500 for code in codes)
    return Outcome(How.LATER if passing else How.FAILED, f"smtp_{codes[0] if codes else 0}")
