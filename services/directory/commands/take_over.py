"""Make the directory say what a source says now: publish what is new or changed, withdraw what is gone."""

from collections.abc import Iterable

from services.directory.domain.changes import Changes, changes
from services.directory.domain.pack_entry import PackEntry
from services.directory.domain.work import Work
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.kernel.clock import Clock


def take_over(now: Iterable[PackEntry], work: Work, clock: Clock) -> Changes:
    """Returns what changed; nothing is written or said when nothing did."""
    found = changes(work.entries.fingerprints(), now)
    at = clock.now()
    for given in found.published:
        version = work.entries.publish(given)
        work.say(EntryPublished(sequence=version, at=at, entry_key=given.key, entry=given.entry))
    for given in found.noted:
        work.entries.note(given)
    for key in found.withdrawn:
        kind, _, entry_id = key.partition(":")
        version = work.entries.withdraw(key)
        gone = {"sequence": version, "at": at, "entry_key": key, "kind": kind, "entry_id": entry_id}
        work.say(EntryWithdrawn.model_validate(gone))
    return found
