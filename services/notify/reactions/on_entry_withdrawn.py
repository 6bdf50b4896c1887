"""An entry has left the directory: never ask it again."""

from services.notify.commands.learn_entry import learn_entry
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry_withdrawn import EntryWithdrawn


def on_entry_withdrawn(event: EntryWithdrawn, work: Work, tools: Tools) -> None:
    learn_entry(event.entry_key, event.sequence, None, work, tools)
