"""What an entry says, as a digest that does not care how it was written down."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue

from services.directory.domain.pack_entry import PackEntry

# Everywhere else a list is a set: who may apply, where, keywords, topics, calls, sources.
ORDERED = frozenset({"steps", "steps_en"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """SHA-256, hex, of what is public and of what only operators see."""

    entry: str
    notes: str

    @classmethod
    def of(cls, given: PackEntry) -> "Fingerprint":
        """Equal for two entries that say the same, whatever the order of their keys and of lists that are sets."""
        return cls(digest(given.entry.model_dump(mode="json")), digest(given.notes))


def digest(said: Mapping[str, JsonValue]) -> str:
    """The digest of a JSON object in its canonical form."""
    return hashlib.sha256(_text(_canonical(dict(said))).encode()).hexdigest()


def _canonical(value: JsonValue, ordered: bool = False) -> JsonValue:
    if isinstance(value, dict):
        return {key: _canonical(held, key in ORDERED) for key, held in value.items()}
    if isinstance(value, list):
        items = [_canonical(item) for item in cast(list[JsonValue], value)]
        return items if ordered else sorted(items, key=_text)
    return value


def _text(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
