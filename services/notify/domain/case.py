"""All that notify knows of one idea: what it says, what was thought of it, and what has been said of its referrals."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched, Match
from shared.events.idea_received import IdeaReceived
from shared.kernel.ids import IdeaId, MunicipalityCode

HOLDER = "holder"  # in `consent_by`: not an operator heard it, the holder said it on their own page


@dataclass(frozen=True, slots=True)
class Case:
    """Facts arrive in any order. `version` is the sequence of what notify said last of this idea."""

    idea_id: IdeaId
    received: IdeaReceived | None = None
    classified: IdeaClassified | None = None
    matched: IdeaMatched | None = None
    confirmed: MunicipalityCode | None = None  # where the holder said that it lives
    consent_by: str = ""  # the operator who heard the holder say yes
    seen_by: str = ""  # the operator who looked at what classification abstained on
    planned: bool = False
    withdrawn_at: datetime | None = None
    version: int = 0

    @property
    def complete(self) -> bool:
        """Is everything known that is needed to offer it to somebody?"""
        return bool(self.received and self.classified and self.matched) and self.withdrawn_at is None

    @property
    def may_share(self) -> bool:
        return bool(self.consent_by or (self.received and self.received.may_share))

    @property
    def basis(self) -> str:
        """Why partners may read it, as they and the holder are told: the holder said so to us, or to an operator."""
        return "consent" if self.consent_by in ("", HOLDER) else "operator"

    @property
    def unsure(self) -> bool:
        """Classification abstained, and nobody has looked since."""
        return bool(self.classified and self.classified.abstained and not self.seen_by)

    @property
    def municipality(self) -> MunicipalityCode | None:
        guessed = self.classified.municipalities[:1] if self.classified else ()
        return self.confirmed or (guessed[0] if guessed else None)

    @property
    def placed(self) -> bool:
        """Was it read and matched where the holder said that it lives? After a correction that takes a moment."""
        thought = self.classified.municipalities if self.classified else ()
        return self.confirmed is None or not thought or self.confirmed in thought

    @property
    def wanted(self) -> list[str]:
        """The directory's keys of the actors that were matched."""
        return [f"actor:{m.entry_id}" for m in (self.matched.actors if self.matched else ())]

    def match_of(self, entry_id: str) -> Match | None:
        """Why an actor was found for this idea."""
        return next((m for m in (self.matched.actors if self.matched else ()) if m.entry_id == entry_id), None)

    def forgotten(self, at: datetime) -> "Case":
        """Only that it was there, and that it was taken back."""
        return Case(self.idea_id, withdrawn_at=at, version=self.version, planned=True)

    def next(self) -> "Case":
        """As after saying one more thing of it."""
        return replace(self, version=self.version + 1)
