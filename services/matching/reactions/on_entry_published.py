"""An entry of the directory is new or has changed: learn it."""

from services.matching.domain.work import Work
from shared.events.entry_published import EntryPublished
from shared.kernel.clock import Clock


def on_entry_published(event: EntryPublished, work: Work, clock: Clock) -> None:
    if work.entries.learn(event.entry_key, event.sequence, event.entry, event.edition, clock.now()):
        work.notice()
