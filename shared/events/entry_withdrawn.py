"""An entry has left the directory. Said by directory; heard by all who knew it."""

from typing import Literal

from pydantic import Field

from shared.events.event import Event

Kind = Literal["actor", "scheme", "challenge", "municipality", "method", "example", "term", "county"]


class EntryWithdrawn(Event, type="gort.directory.entry-withdrawn.v1", stream="directory.entries", key="entry_key"):
    entry_key: str  # "<kind>:<id>"
    kind: Kind
    entry_id: str
    edition: int = Field(default=0, ge=0)  # as in `EntryPublished`
