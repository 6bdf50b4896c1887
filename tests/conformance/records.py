"""Records as a transport hands them over, well formed and not."""

from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.messaging.record import Record

ATTRIBUTES = {
    "ce_specversion": b"1.0",
    "ce_id": b"e1",
    "ce_source": b"/intake",
    "ce_type": IdeaWithdrawn.type.encode(),
    "ce_time": b"2026-11-24T12:00:00Z",
    "ce_sequence": b"1",
    "content-type": b"application/json",
}


def record(
    position: int = 1, key: bytes | None = b"k", body: bytes | None = b'{"idea_id":"k"}', **headers: bytes | None
) -> Record:
    """A record that is an event, but for what is given; in the names of headers, `__` stands for a hyphen."""
    changed = {**ATTRIBUTES, **{name.replace("__", "-"): value for name, value in headers.items()}}
    return Record("intake.ideas", 0, position, key, tuple(changed.items()), body)


def numbered(number: int, keys: int = 3) -> Record:
    """The event with that number, of one of `keys` aggregates, the same each time."""
    key = f"k{number % keys}".encode()
    identity, sequence = f"e{number}".encode(), str(number).encode()
    return record(number, key, b'{"idea_id":"%s"}' % key, ce_id=identity, ce_sequence=sequence)
