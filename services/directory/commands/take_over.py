"""Make the directory say what a source says now: publish what is new or changed, withdraw what is gone."""

from collections.abc import Iterable

from services.directory.domain.changes import Changes, changes
from services.directory.domain.pack_entry import PackEntry
from services.directory.domain.work import Work
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.kernel.clock import Clock


def take_over(now: Iterable[PackEntry], work: Work, clock: Clock) -> Changes:
    """Returns what changed; nothing is written or said when nothing did.

    Each event says the edition that it belongs to, so that a listener knows when it has heard all of it.
    """
    found = changes(work.entries.fingerprints(), now)
    for given in found.noted:
        work.entries.note(given)
    published = [(given, work.entries.publish(given)) for given in found.published]
    withdrawn = [(key, work.entries.withdraw(key)) for key in found.withdrawn]
    at, edition = clock.now(), work.entries.edition()
    for given, version in published:
        work.say(EntryPublished(sequence=version, at=at, entry_key=given.key, entry=given.entry, edition=edition))
    for key, version in withdrawn:
        kind, _, entry_id = key.partition(":")
        gone = {"entry_key": key, "kind": kind, "entry_id": entry_id, "edition": edition}
        work.say(EntryWithdrawn.model_validate({"sequence": version, "at": at, **gone}))
    return found
