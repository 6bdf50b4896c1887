"""Mail by SMTP, over one connection that is kept open between messages."""

import asyncio
import socket
from email.errors import MessageError

import aiosmtplib

from services.notify.domain.delivery import TIMEOUT
from services.notify.domain.notifier import SILENT, How, Message, Notifier, Outcome, Send
from services.notify.domain.work import Work
from services.notify.notifiers.smtp.mail import WIRE, as_mail
from services.notify.settings import Settings
from shared.kernel.clock import Clock
from shared.storage.store import Store
from shared.web.region import Sender

notifier = Notifier("smtp")
IDLE = 20.0  # s that a connection is kept without anything to send


def make(settings: Settings, store: Store[Work], sender: Sender, clock: Clock) -> Send | None:  # noqa: ARG001
    """Used where a mail server is set."""
    return Smtp(settings, sender, clock).send if settings.smtp_host else None


class Smtp:
    """Says how each message went: 4xx and a silent server mean later, 5xx never."""

    def __init__(self, settings: Settings, sender: Sender, clock: Clock) -> None:
        self._settings, self._sender, self._clock = settings, sender, clock
        self._lock = asyncio.Lock()
        self._client: aiosmtplib.SMTP | None = None
        self._lingering: asyncio.Task[None] | None = None

    async def send(self, message: Message) -> Outcome:
        """The message's id is the same at every try."""
        try:
            body = as_mail(message, self._sender, self._clock).as_bytes(policy=WIRE)
        except (ValueError, MessageError):  # an address or a name that no header can hold
            return Outcome(How.FAILED, "refused_address")
        async with self._lock:
            self._stay_open()
            outcome = Outcome(How.UNSURE)
            try:
                outcome = await self._try(message.to, body)
            finally:  # cancelled or refused: what the server thinks of this connection is not known
                if outcome.how is How.SENT:
                    self._lingering = asyncio.create_task(self._linger())
                else:
                    self._close()
            return outcome

    async def _try(self, to: str, body: bytes) -> Outcome:
        """Nothing has been handed over before the server has agreed to take the body; after that we cannot know."""
        try:
            async with asyncio.timeout(TIMEOUT / 2):
                client = await self._ready(to)
        except (aiosmtplib.SMTPException, OSError, TimeoutError, UnicodeError) as error:
            return _not_taken(error)
        try:
            await client.data(body, timeout=None)  # whoever waits for the outcome has a limit
        except aiosmtplib.SMTPResponseException as error:
            return _refused(error.code)
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            return Outcome(How.UNSURE, SILENT)
        return Outcome(How.SENT)

    async def _ready(self, to: str) -> aiosmtplib.SMTP:
        """A connection on which the server expects the body of a mail to `to`. One that had gone is opened anew."""
        if kept := self._client:
            try:
                return await self._addressed(kept, to)
            except (aiosmtplib.SMTPServerDisconnected, OSError, TimeoutError):
                self._close()
        return await self._addressed(await self._connected(), to)

    async def _addressed(self, client: aiosmtplib.SMTP, to: str) -> aiosmtplib.SMTP:
        await client.mail(self._sender.address)
        await client.rcpt(to)
        return client

    async def _connected(self) -> aiosmtplib.SMTP:
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

    def _stay_open(self) -> None:
        lingering, self._lingering = self._lingering, None
        if lingering:
            lingering.cancel()

    async def _linger(self) -> None:
        """Close the connection when nothing was sent for a while, or when the process stops and cancels its tasks."""
        try:
            await asyncio.sleep(IDLE)
        finally:
            if self._lingering is asyncio.current_task():
                self._close()

    def _close(self) -> None:
        client, self._client = self._client, None
        if client:
            client.close()


def _refused(code: int) -> Outcome:
    """What the server's code means of this message: any 4xx is worth another try."""
    return Outcome(How.LATER if 400 <= code < 500 else How.FAILED, f"smtp_{code}")


def _not_taken(error: Exception) -> Outcome:
    """Why the server does not even want to see the message."""
    match error:
        case aiosmtplib.SMTPRecipientRefused():
            return _refused(error.code)
        case aiosmtplib.SMTPResponseException():  # our account, our name, our address: not this message's fault
            return Outcome(How.LATER, f"smtp_{error.code}")
        case UnicodeError():
            return Outcome(How.FAILED, "refused_address")
        case _:
            return Outcome(How.LATER, SILENT)
