"""What the directory needs of its storage, as Protocols."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from services.directory.domain.fingerprint import Fingerprint
from services.directory.domain.pack_entry import PackEntry
from shared.events.entry import AnyEntry
from shared.events.event import Event


class Entries(Protocol):
    def fingerprints(self) -> Mapping[str, Fingerprint]:
        """Of every entry that is not withdrawn, by key."""
        ...

    def publish(self, given: PackEntry) -> int:
        """Keep an entry that is new or changed; returns its version."""
        ...

    def note(self, given: PackEntry) -> None:
        """Keep what only operators see."""
        ...

    def withdraw(self, key: str) -> int:
        """Take an entry out; returns its version."""
        ...

    def recall(self, key: str, version: int, entry: AnyEntry | None) -> bool:
        """Keep an entry as it was told with a version, or that it was withdrawn (`None`). False when as high a one is known.

        It is like nothing that a source can say: a source that has it publishes it, one that has not withdraws it.
        """
        ...

    def edition(self) -> int:
        """The sum of the versions of all entries, withdrawn ones too: it grows with each change."""
        ...

    def of_kind(self, kind: str) -> Sequence[AnyEntry]:
        """All of a kind, by name."""
        ...

    def get(self, key: str) -> PackEntry | None: ...
    def count(self) -> Mapping[str, int]:
        """How many by kind."""
        ...


class Work(Protocol):
    """One unit of work of the directory."""

    @property
    def entries(self) -> Entries: ...
    def say(self, event: Event) -> None: ...
