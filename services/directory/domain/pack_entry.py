"""An entry as a source gave it: what everybody may see, and what only operators see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from shared.events.entry import AnyEntry


@dataclass(frozen=True, slots=True)
class PackEntry:
    """`entry` is published as it is. `notes` (doubts, notes on sources …) never leave the directory."""

    entry: AnyEntry
    notes: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])

    @property
    def key(self) -> str:
        """``<kind>:<id>``, never changed: the stream of entries is compacted by it."""
        return f"{self.entry.kind}:{self.entry.id}"
