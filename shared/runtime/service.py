"""What a service is: its manifest. Read a service's `service.py` first; everything else hangs from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter

from shared.events.event import Event
from shared.messaging.hears import Hears
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry.metrics import Figure
from shared.web.pages import MenuItem


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a service's web: `name` finds its prefix in the table of URLs. Closed unless said to be open:

    then only a signed-in operator gets in.
    """

    name: str
    router: APIRouter
    open: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """What every process shows of a service, whether it runs it or not: its place in the menu, and the words for that."""

    folder: Path  # where `web/templates` and `web/locale` are
    menu: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One service, whole: what it hears and says, what it does by itself, its pages, its storage."""

    name: str
    store: Store[Any]
    face: Face
    hears: tuple[Hears, ...] = ()
    says: tuple[type[Event], ...] = ()
    recalls: Mapping[type[Event], Callable[[Any, Any], bool]] = field(
        default_factory=dict[type[Event], Callable[[Any, Any], bool]]
    )  # what it said itself and a backup did not have: (event, work), in a unit of work; was it news?
    jobs: tuple[Job, ...] = ()
    areas: tuple[Area, ...] = ()
    figures: Callable[[], Iterable[Figure]] = tuple  # its stored metrics, read now
    sentences: Mapping[str, str] = field(default_factory=dict[str, str])  # the words of its refusals, by code
