"""Who tells an idea, and how they want to hear from us. Lives here and in notify, nowhere else."""

import re
from dataclasses import dataclass
from typing import Literal

from services.intake.domain.words import readable, short
from shared.kernel.errors import Refused
from shared.kernel.ids import LanguageTag

SWEDISH = LanguageTag("sv")
Reach = Literal["mail", "call", "none"]
WAYS: tuple[Reach, ...] = ("call", "mail", "none")  # the ways that work today
_APART, _ONLY_PHONE = re.compile(r"[\s,;/]+"), re.compile(r"[+\d][\d ()./-]{5,38}\d")
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
        if phone and len(phone) > 40:
            raise Refused("line_too_long", field="contact", params={"most": 40})
        if phone and not 7 <= sum(c.isdigit() for c in phone) <= 15:
            raise Refused("phone_malformed", field="contact")
        if any(len((part or "").splitlines()) > 1 for part in (name, email, phone)):
            raise Refused("line_break", field="name")
        return cls(short(name, "name", 120), email, phone and readable(phone), reach, LanguageTag(language))

    @property
    def said_anything(self) -> bool:
        return bool(self.name or self.email or self.phone)


def reach_of(said: str) -> Reach:
    """The way that an event names; none, if it is one that we do not know."""
    known: dict[str, Reach] = {way: way for way in WAYS}
    return known.get(said, "none")


def sorted_contact(contact: str) -> tuple[str | None, str | None]:
    """(e-mail, phone) from one field in which somebody wrote either, or both."""
    contact = contact.strip()
    mails = [part for part in _APART.split(contact) if "@" in part]
    if not mails:
        return None, contact or None
    phone = contact.replace(mails[0], " ").strip(" ,;/")
    both = len(mails) == 1 and _ONLY_PHONE.fullmatch(phone)
    return (mails[0], phone) if both else (contact, None)
