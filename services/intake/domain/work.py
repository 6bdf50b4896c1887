"""What intake needs of its storage, as Protocols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.intake.domain.idea import Idea
from services.intake.domain.progress import Progress, Step
from shared.events.entry import AnyEntry
from shared.events.event import Event
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.ids import IdeaId


@dataclass(frozen=True, slots=True)
class Asked:
    """How an idea was sent: the request's key, and fingerprints of its body and of the form with its sender."""

    key: str | None
    body: str
    form: str | None


class Ideas(Protocol):
    def add(self, idea: Idea, secret: str, asked: Asked) -> None:
        """Keep a new idea, the fingerprint of its secret, and how it was sent."""
        ...

    def put(self, idea: Idea) -> None: ...
    def get(self, idea_id: IdeaId) -> Idea | None: ...
    def by_key(self, key: str) -> tuple[Idea, str] | None:
        """The idea that was told with a key, and the fingerprint of that request."""
        ...

    def by_form(self, form: str, since: datetime) -> Idea | None:
        """The idea that was told with a form since a time; None when it is withdrawn."""
        ...

    def by_code(self, code: str) -> Idea | None: ...
    def by_secret(self, secret: str) -> Idea | None:
        """The idea whose secret has this fingerprint."""
        ...

    def forget_keys(self, before: datetime) -> int:
        """Drop keys and fingerprints of requests older than a time; a retry does not come that late."""
        ...


class Follow(Protocol):
    """What became of ideas."""

    def of(self, idea_id: IdeaId) -> Progress: ...
    def classified(self, event: IdeaClassified) -> None: ...
    def matched(self, event: IdeaMatched) -> None: ...
    def step(self, idea_id: IdeaId, step: Step) -> None: ...
    def forget(self, idea_id: IdeaId) -> None:
        """All but who was shown what."""
        ...


class Facts(Protocol):
    """What is counted of ideas; they have no words of them."""

    def count(self, column: str) -> Mapping[str, int]:
        """How many ideas by "channel", "challenge" or "municipality", as far as it is known."""
        ...

    def gone(self) -> int:
        """How many were withdrawn."""
        ...

    def unmatched(self) -> tuple[int, datetime | None]:
        """How many wait for their first match, and since when the first of them does."""
        ...

    def spread(self, column: str, edges: tuple[int, ...]) -> tuple[float, tuple[int, ...]]:
        """The sum of "to_match" or "to_answer", in seconds, and how many lie at or under each edge, then all of them."""
        ...


class Entries(Protocol):
    def learn(self, entry_key: str, sequence: int, entry: AnyEntry | None, edition: int) -> None: ...
    def whole(self) -> bool:
        """Is all known that the directory has said? False while nothing is."""
        ...

    def by_key(self, keys: Sequence[str]) -> Mapping[str, AnyEntry]: ...
    def of_kind(self, kind: str) -> Sequence[AnyEntry]: ...


class Work(Protocol):
    """One unit of work of intake."""

    @property
    def ideas(self) -> Ideas: ...
    @property
    def follow(self) -> Follow: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def entries(self) -> Entries: ...
    def say(self, event: Event) -> None: ...
    def notice(self) -> None: ...
    def forget(self, key: str) -> None:
        """Erase the words of an aggregate from all that was said, or parked, of it."""
        ...
