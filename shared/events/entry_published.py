"""An entry of the directory is new or has changed. Said by directory; heard by all who need to know it."""

from shared.events.entry import AnyEntry
from shared.events.event import Event


class EntryPublished(Event, type="gort.directory.entry-published.v1", stream="directory.entries", key="entry_key"):
    entry_key: str  # "<kind>:<id>": the stream is compacted by it
    entry: AnyEntry
