"""A real SMTP server that keeps every message that it said 250 to. It lives outside the process that is killed."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """`messages` are in the order of arrival; `port` is free and on loopback."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 kept"

    @property
    def ids(self) -> list[str]:
        """Message-IDs, one for each message that arrived."""
        return [str(message["Message-ID"]) for message in self.messages]

    def __enter__(self) -> "Sink":
        self._controller.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._controller.stop()
