"""Who told an idea, as intake passed it on. Kept until it is taken back."""

from collections.abc import Collection
from dataclasses import dataclass, replace

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

    def given(self) -> tuple[str, ...]:
        """What a partner who says yes gets to know, as codes."""
        return tuple(code for code in GIVEN if getattr(self, code))

    def only(self, codes: Collection[str]) -> "Contact":
        """What somebody sees to whom no more than this was disclosed."""
        return replace(self, **{code: None for code in GIVEN if code not in codes})
