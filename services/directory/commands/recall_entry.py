"""Restored from a backup: what listeners were told of an entry after it was made has a number, and the next one is higher."""

from services.directory.domain.work import Work
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn


def recall_entry(event: EntryPublished | EntryWithdrawn, work: Work) -> bool:
    """Whether it was news. Then the next reading of the pack says what the pack says, whatever that is."""
    told = event.entry if isinstance(event, EntryPublished) else None
    return work.entries.recall(event.entry_key, event.sequence, told)
