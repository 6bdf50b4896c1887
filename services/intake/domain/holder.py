"""Who tells an idea, and how they want to hear from us. Lives here and in notify, nowhere else."""

import re
from dataclasses import dataclass
from typing import Literal

from services.intake.domain.words import readable
from shared.kernel.errors import Refused
from shared.kernel.ids import LanguageTag

SWEDISH = LanguageTag("sv")
Reach = Literal["mail", "call", "none"]
WAYS: tuple[Reach, ...] = ("call", "mail", "none")  # the ways that work today
_MAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")


@dataclass(frozen=True, slots=True)
class Holder:
    """The person behind an idea. Everything but `reach` may be unsaid."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    reach: Reach = "none"
    language: LanguageTag = SWEDISH

    @classmethod
    def reached(cls, reach: Reach, name: str | None, email: str | None, phone: str | None, language: str) -> "Holder":
        """A holder whose wish can be met. Raise `Refused` that names the field to correct."""
        email, phone, name = (part.strip() or None if part else None for part in (email, phone, name))
        if reach == "mail" and not email:
            raise Refused("email_missing", field="contact")
        if reach == "call" and not phone:
            raise Refused("phone_missing", field="contact")
        if email and (len(email) > 254 or not email.isascii() or not _MAIL.fullmatch(email)):
            raise Refused("email_malformed", field="contact")
        if phone and not 7 <= sum(c.isdigit() for c in phone) <= 15:
            raise Refused("phone_malformed", field="contact")
        if any(len((part or "").splitlines()) > 1 for part in (name, email, phone)):
            raise Refused("line_break", field="name")
        name = readable(name or "")[:120] or None
        return cls(name, email, phone and readable(phone), reach, LanguageTag(language))

    @property
    def said_anything(self) -> bool:
        return bool(self.name or self.email or self.phone)


def sorted_contact(contact: str) -> tuple[str | None, str | None]:
    """(e-mail, phone) from one field in which somebody wrote either."""
    contact = contact.strip()
    return (contact, None) if "@" in contact else (None, contact or None)
