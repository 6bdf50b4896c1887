"""What became of an idea, as its holder may know it: what was thought of it, who was asked, what they said."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched

KEPT = ("disclosed", "basis")  # what is kept of a step when the idea is withdrawn


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that notify told of one referral. `kind` is drafted, requested, accepted, rejected, cancelled, reopened."""

    sequence: int
    kind: str
    at: datetime
    referral_id: str
    actor_id: str
    actor_name: str
    params: dict[str, object] = field(default_factory=dict[str, object])

    def day(self, name: str) -> date | None:
        """A parameter that is a day, such as `due`."""
        value = self.params.get(name)
        return date.fromisoformat(str(value)) if value else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list of codes, such as `disclosed`."""
        value = self.params.get(name)
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()  # pyright: ignore[reportUnknownArgumentType]

    def bare(self) -> "Step | None":
        """What outlives a withdrawal: who was shown what, when and why; None when nobody was shown anything."""
        kept = {name: value for name, value in self.params.items() if name in KEPT}
        return replace(self, params=kept) if self.texts("disclosed") else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that is known of what became of one idea; steps oldest first."""

    classified: IdeaClassified | None = None
    matched: IdeaMatched | None = None
    steps: tuple[Step, ...] = ()

    def latest(self) -> dict[str, Step]:
        """The newest step of each referral, by its id."""
        return {step.referral_id: step for step in self.steps}

    @property
    def shown(self) -> tuple[Step, ...]:
        """What the timeline tells: nothing of one that was only a draft, for nobody was asked."""
        asked = {s.referral_id for s in self.steps if s.kind == "requested"}
        return tuple(s for s in self.steps if s.referral_id in asked)

    def knew_who(self, step: Step) -> bool:
        """Had the partner of a step been told who the holder is before it?"""
        before = (s for s in self.steps if s.referral_id == step.referral_id and s.sequence < step.sequence)
        return any({"name", "email", "phone"} & {*s.texts("disclosed")} for s in before)

    @property
    def asked(self) -> Step | None:
        """The partner whose answer is awaited."""
        waiting = [s for s in self.latest().values() if s.kind in ("requested", "reopened")]
        return waiting[-1] if waiting else None

    @property
    def accepted(self) -> Step | None:
        """The partner who said yes, if that still holds."""
        yes = [s for s in self.latest().values() if s.kind == "accepted"]
        return yes[-1] if yes else None

    @property
    def status(self) -> str:
        """One word for where it stands: received, read, matched, asked, accepted."""
        if self.accepted:
            return "accepted"
        if self.asked:
            return "asked"
        return "matched" if self.matched else "classified" if self.classified else "received"
