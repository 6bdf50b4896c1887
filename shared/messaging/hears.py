"""Which reaction a service has to which event, and how a record becomes that event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from shared.events.event import Event
from shared.kernel.errors import Permanent
from shared.messaging.record import Envelope


@dataclass(frozen=True, slots=True)
class Hears:
    """`reaction(event, work)` runs once per event, inside one unit of work. `as_` is in the inbox: never change it."""

    event: type[Event]
    reaction: Callable[[Any, Any], None]
    as_: str


class Listening:
    """All that one service hears. Raise `ValueError` when two reactions share a name: they would share their marks."""

    def __init__(self, hears: Sequence[Hears]) -> None:
        self._by_name = {h.as_: h for h in hears}
        if len(self._by_name) != len(hears):
            raise ValueError("two reactions share a name")
        self._by_type: dict[str, list[Hears]] = {}
        for h in hears:
            self._by_type.setdefault(h.event.type, []).append(h)

    @property
    def streams(self) -> tuple[str, ...]:
        return tuple(sorted({h.event.stream for h in self._by_name.values()}))

    def to(self, envelope: Envelope) -> Sequence[Hears]:
        """The reactions to a record; none when nobody here hears it, or its words were erased."""
        return () if self.erased(envelope) else self._by_type.get(envelope.type, ())

    def erased(self, envelope: Envelope) -> bool:
        """An event that has lost its body, and something with it: somebody was forgotten."""
        known = self._by_type.get(envelope.type, ())
        return envelope.record.body is None and any(not h.event.wordless for h in known)

    def named(self, reaction: str) -> Hears | None:
        return self._by_name.get(reaction)

    def read(self, hears: Hears, envelope: Envelope) -> Event:
        """The event in a record. Raise `Permanent` when its body does not fit its type."""
        body = None if hears.event.tombstone else envelope.record.body
        try:
            return hears.event.read(body, key=envelope.key, sequence=envelope.sequence, at=envelope.at)
        except (ValidationError, TypeError) as error:
            raise Permanent("invalid_body") from error
