"""An entry of the directory is new or has changed. Said by directory; heard by all who need to know it."""

from pydantic import Field

from shared.events.entry import AnyEntry
from shared.events.event import Event


class EntryPublished(Event, type="gort.directory.entry-published.v1", stream="directory.entries", key="entry_key"):
    entry_key: str  # "<kind>:<id>": the stream is compacted by it
    entry: AnyEntry
    edition: int = Field(default=0, ge=0)
    """The sum of the sequences of all entries, withdrawn ones too, once all that was said with this is known; 0: unsaid."""
