"""Who told an idea, as intake passed it on. Kept until it is taken back."""

from dataclasses import dataclass

from shared.kernel.ids import IdeaId


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
        return tuple(code for code in ("name", "email", "phone") if getattr(self, code))
