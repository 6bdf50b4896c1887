"""A message as RFC 5322 wants it: both parts readable, the plain one first."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from services.notify.domain.notifier import Message
from shared.kernel.clock import Clock
from shared.web.region import Sender

PLAIN = ("message-id", "in-reply-to", "references", "list-unsubscribe", "list-unsubscribe-post")


class Wire(EmailPolicy):
    """Addresses of pages and ids of messages are read by programs: on one line, as they are, however long."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in PLAIN:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


WIRE = Wire(linesep="\r\n")


def as_mail(message: Message, sender: Sender, clock: Clock) -> EmailMessage:
    """Raise `ValueError` for an address that no mail can have."""
    mail = EmailMessage()
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(
        message.html, subtype="html", cte="quoted-printable"
    )  # takes Content-* along: headers after it
    mail["From"] = Address(sender.name, addr_spec=sender.address)
    mail["To"] = Address(" ".join(message.to_name.split()), addr_spec=message.to)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in message.headers.items():
        mail[name] = value
    return mail
