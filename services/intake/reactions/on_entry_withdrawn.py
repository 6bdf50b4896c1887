"""An entry has left the directory: do not show it any more."""

from services.intake.domain.work import Work
from shared.events.entry_withdrawn import EntryWithdrawn


def on_entry_withdrawn(event: EntryWithdrawn, work: Work) -> None:
    work.entries.learn(event.entry_key, event.sequence, None, event.edition)
