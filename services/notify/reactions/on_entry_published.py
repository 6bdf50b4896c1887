"""An entry of the directory is new or has changed: know whom to ask, and what things are called."""

from services.notify.commands.learn_entry import learn_entry
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry_published import EntryPublished


def on_entry_published(event: EntryPublished, work: Work, tools: Tools) -> None:
    learn_entry(event.entry_key, event.sequence, event.entry, work, tools)
