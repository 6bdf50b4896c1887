"""An entry has left the directory: never match it again."""

from services.matching.domain.work import Work
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.kernel.clock import Clock


def on_entry_withdrawn(event: EntryWithdrawn, work: Work, clock: Clock) -> None:
    if work.entries.learn(event.entry_key, event.sequence, None, event.edition, clock.now()):
        work.notice()
