"""An entry of the directory is new or has changed: know what it is called."""

from services.intake.domain.work import Work
from shared.events.entry_published import EntryPublished


def on_entry_published(event: EntryPublished, work: Work) -> None:
    work.entries.learn(event.entry_key, event.sequence, event.entry, event.edition)
