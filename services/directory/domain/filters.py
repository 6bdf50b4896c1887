"""Which entries a visitor asked for. Absent filters let everything through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from shared.events.entry import Actor, Scheme


@dataclass(frozen=True, slots=True)
class Filter:
    """Codes of the pack; empty = whatever. `form` is a legal form (schemes), `support` a kind of help (actors)."""

    challenge: str = ""
    municipality: str = ""
    stage: str = ""
    form: str = ""
    support: str = ""

    def lets(self, entry: Actor | Scheme) -> bool:
        places = entry.municipalities if isinstance(entry, Actor) else entry.geography.municipalities
        asked = (
            (self.challenge, entry.challenges),
            (self.municipality, places),
            (self.stage, entry.idea_stages),
            (self.form, entry.eligible_forms if isinstance(entry, Scheme) else (self.form,)),
            (self.support, entry.support_types if isinstance(entry, Actor) else (self.support,)),
        )
        return all(not wanted or wanted in has for wanted, has in asked)


E = TypeVar("E", Actor, Scheme)


def chosen(entries: Sequence[E], by: Filter) -> list[E]:
    """Those that a filter lets through; closed schemes last."""
    found = [entry for entry in entries if by.lets(entry)]
    return sorted(found, key=lambda entry: isinstance(entry, Scheme) and entry.status == "stangd")
