"""Where an entry works, and whether an idea's place is inside: ruled out, possible, or sure."""

from enum import Enum

from services.matching.domain.idea_view import IdeaView
from services.matching.domain.signal import Offer
from shared.events.entry import Actor


class Inside(Enum):
    YES = "yes"
    MAYBE = "maybe"  # only the municipality is known, and the entry works in parts of it: ask, do not exclude
    NO = "no"


def municipalities_of(entry: Offer) -> tuple[str, ...]:
    return entry.municipalities if isinstance(entry, Actor) else entry.geography.municipalities


def covers_all(entry: Offer) -> bool:
    """Does it work in the whole region?"""
    return entry.whole_county if isinstance(entry, Actor) else entry.geography.scope != "kommuner"


def inside(entry: Offer, idea: IdeaView) -> Inside:
    """An idea whose place nobody knows is inside everything; one in several municipalities in what works in any."""
    if idea.municipalities and not set(municipalities_of(entry)) & set(idea.municipalities):
        return Inside.NO
    if entry.places is None or not idea.municipalities:
        return Inside.YES
    if entry.places.only:
        if not idea.localities:
            return Inside.MAYBE
        return Inside.YES if idea.localities & set(entry.places.only) else Inside.NO
    if idea.localities & set(entry.places.except_):
        return Inside.NO if idea.localities <= set(entry.places.except_) else Inside.MAYBE
    return Inside.YES if idea.localities else Inside.MAYBE
