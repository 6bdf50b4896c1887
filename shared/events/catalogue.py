"""Finds every event by looking in this folder, so that a new file is all that a new event needs."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

import shared.events
from shared.events.event import Event


@cache
def events() -> Mapping[str, type[Event]]:
    """Every event by its wire type, sorted. Raise `TypeError` when two claim the same type."""
    for module in pkgutil.iter_modules(shared.events.__path__, "shared.events."):
        importlib.import_module(module.name)
    found: dict[str, type[Event]] = {}
    for event in Event.__subclasses__():
        if found.setdefault(event.type, event) is not event:
            raise TypeError(f"{event.type} is claimed by {found[event.type].__name__} and {event.__name__}")
    return dict(sorted(found.items()))
