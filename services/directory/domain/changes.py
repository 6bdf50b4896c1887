"""What is new when a source has been read again: what to publish, what to withdraw, what only operators notice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.directory.domain.fingerprint import Fingerprint
from services.directory.domain.pack_entry import PackEntry


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between the stored directory and what was read; three disjoint sets of keys, in order of key.

    An entry in `noted` says the same to everybody as before, but its notes to operators have changed: store it, and
    say nothing, since nobody outside the directory could tell the difference.
    """

    published: tuple[PackEntry, ...]
    noted: tuple[PackEntry, ...]
    withdrawn: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.published or self.noted or self.withdrawn)


def changes(before: Mapping[str, Fingerprint], now: Iterable[PackEntry]) -> Changes:
    """Compare what is stored, as fingerprints by key, with all that a source holds now. Keys in `now` are unique."""
    read = {given.key: given for given in sorted(now, key=lambda given: given.key)}
    published: list[PackEntry] = []
    noted: list[PackEntry] = []
    for key, given in read.items():
        stored, found = before.get(key), Fingerprint.of(given)
        if stored is None or stored.entry != found.entry:
            published.append(given)
        elif stored.notes != found.notes:
            noted.append(given)
    return Changes(tuple(published), tuple(noted), tuple(sorted(before.keys() - read.keys())))
