"""What matching needs of its storage and of the world, as Protocols."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.matching.domain.told import ToldIdea
from shared.events.entry import AnyEntry
from shared.events.event import Event
from shared.kernel.ids import IdeaId


class Ideas(Protocol):
    def get(self, idea_id: IdeaId) -> ToldIdea | None: ...
    def put(self, idea: ToldIdea, at: datetime) -> None: ...
    def waiting(self, limit: int) -> list[ToldIdea]:
        """Ideas to be assessed, those told first first."""
        ...

    def recent(self, limit: int) -> list[ToldIdea]:
        """Ideas that were assessed, latest first."""
        ...


class Entries(Protocol):
    def learn(self, entry_key: str, sequence: int, entry: AnyEntry | None, at: datetime) -> bool:
        """Keep an entry, or that it is withdrawn (`None`). False when what is known is as new or newer."""
        ...

    def all(self) -> Sequence[AnyEntry]: ...
    def edition(self) -> str:
        """A text that changes when any entry does; empty when nothing is known."""
        ...


class Work(Protocol):
    """One unit of work of matching."""

    @property
    def ideas(self) -> Ideas: ...
    @property
    def entries(self) -> Entries: ...
    def say(self, event: Event) -> None: ...
    def notice(self) -> None:
        """Let duties look at once, when this is committed."""
        ...

    def forget(self, key: str) -> None:
        """Erase the words of an aggregate from all that was said, or parked, of it."""
        ...
