"""Actors: the whole county means all of it, and a way of contact has what it needs."""

from collections.abc import Iterator

from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import ActorRow
from services.directory.sources.pack.rules.texts import MAIL
from shared.kernel.defects import Defect


def actors(pack: Pack) -> Iterator[Defect]:
    county = pack.ids("municipalities")
    for actor in pack.actors.actors:
        if actor.whole_county != (set(actor.municipalities) == county):
            yield Defect("actors", actor.id, "whole_county", "whole_county", "disagrees with municipalities")
        if missing := _missing(actor):
            yield Defect("actors", actor.id, missing, "contact_channel", f"is needed for {actor.contact_channel}")


def _missing(actor: ActorRow) -> str | None:
    """The field that the actor's way of contact cannot do without, if it is not there."""
    match actor.contact_channel:
        case "webbplats":
            return None if actor.website else "website"
        case "funktionsbrevlada":
            return None if MAIL.fullmatch(actor.contact_address or "") else "contact_address"
        case "besok":
            return None if actor.contact_address else "contact_address"
        case _:
            return None
