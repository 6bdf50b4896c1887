"""What matching needs of its storage and of the world, as Protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.matching.domain.told import ToldIdea
from shared.events.entry import AnyEntry
from shared.events.event import Event
from shared.kernel.ids import IdeaId


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of the directory. Another one when any entry is."""

    entries: int = 0
    versions: int = 0  # the sum of the sequences of what is known
    promised: int = 0  # the same sum, as the directory said it
    latest: str = ""  # when something was last learned

    @property
    def whole(self) -> bool:
        """Is all known that the directory has said? Also where nobody said an edition, as in the first release."""
        return self.promised in (0, self.versions)


class Ideas(Protocol):
    def get(self, idea_id: IdeaId) -> ToldIdea | None: ...
    def put(self, idea: ToldIdea, at: datetime) -> None: ...
    def waiting(self, limit: int, now: datetime) -> list[ToldIdea]:
        """Ideas to be assessed, those told first first; not those that are to be tried later."""
        ...

    def take_up(self) -> None:
        """Let every idea that could not be assessed wait to be tried at once, also those that were given up."""
        ...

    def queue(self) -> tuple[int, datetime | None]:
        """How many wait to be assessed, and since when the first of them does."""
        ...

    def recent(self, limit: int) -> list[ToldIdea]:
        """Ideas that were assessed, latest first."""
        ...


class Entries(Protocol):
    def learn(self, entry_key: str, sequence: int, entry: AnyEntry | None, edition: int, at: datetime) -> bool:
        """Keep an entry, or that it is withdrawn (`None`). False when what is known is as new or newer."""
        ...

    def all(self) -> Sequence[AnyEntry]: ...
    def edition(self) -> Edition: ...


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
