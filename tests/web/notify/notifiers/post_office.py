"""A real SMTP server on loopback that answers as a test tells it to, and keeps what it said 250 to."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


class PostOffice:
    """`recipient` and `body` are what RCPT and DATA are answered with; None for `body` hangs up without an answer."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.raw: list[bytes] = []  # the same, as they came over the wire
        self.connections = 0
        self.recipient, self.body = OK, OK
        self.kept_without_a_word = False
        self._server: SMTP | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    async def handle_EHLO(
        self, server: SMTP, session: Session, _: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        self._server = server
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:
        if self.recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        if self.body == OK or self.kept_without_a_word:
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.messages.append(message)
            self.raw.append(envelope.content)
        if self.kept_without_a_word:
            assert server.transport
            server.transport.abort()
            await asyncio.sleep(0)
        return self.body

    def hang_up(self) -> None:
        """Close the connection that is open, as servers do when nothing comes for a while."""
        assert self._server and self._server.transport and self._server.loop
        self._server.loop.call_soon_threadsafe(self._server.transport.close)

    @contextmanager
    def open(self) -> Iterator[None]:
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()
