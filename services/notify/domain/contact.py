"""Who told an idea, as intake passed it on. Kept until it is taken back."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from services.notify.domain.notifier import MAIL, PHONE
from shared.kernel.ids import IdeaId

GIVEN = ("name", "email", "phone")


@dataclass(frozen=True, slots=True)
class Contact:
    idea_id: IdeaId
    name: str | None
    email: str | None
    phone: str | None
    reach: str  # "mail", "call" or "none"
    language: str

    def address(self, kinds: Collection[str]) -> tuple[str, str] | None:
        """(kind, address) of the way that they asked for, of the kinds that a message can go to; else a person rings them."""
        if self.reach == "mail" and self.email:
            return MAIL, self.email
        return (PHONE, self.phone) if self.reach == "call" and self.phone and PHONE in kinds else None

    def given(self) -> tuple[str, ...]:
        """What a partner who says yes gets to know, as codes."""
        return tuple(code for code in GIVEN if getattr(self, code))

    def only(self, codes: Collection[str]) -> "Contact":
        """What somebody sees to whom no more than this was disclosed."""
        return replace(self, **{code: None for code in GIVEN if code not in codes})
