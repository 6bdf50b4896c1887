"""An entry has left the directory: never ask it again."""

from services.notify.domain.work import Work
from shared.events.entry_withdrawn import EntryWithdrawn


def on_entry_withdrawn(event: EntryWithdrawn, work: Work) -> None:
    work.entries.learn(event.entry_key, event.sequence, None)
