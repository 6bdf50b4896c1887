"""Why an entry fits, as codes with parameters: sentences are made where they are shown, in the reader's language.

``shares_challenge`` challenge · ``works_in_municipality`` municipality · ``whole_county`` · ``open_door`` ·
``takes_early_ideas`` - see `CODES`, which a contract test holds against the sentences that are shown.
"""

from services.matching.domain.area import covers_all, municipalities_of
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.signal import Offer
from shared.events.entry import Actor
from shared.events.idea_matched import Reason

CODES = {
    "shares_challenge": ("challenge",),
    "works_in_municipality": ("municipality",),
    "whole_county": (),
    "open_door": (),
    "takes_early_ideas": (),
}
FIRST_DOORS = frozenset({"kommun"})


def reasons(entry: Offer, idea: IdeaView) -> tuple[Reason, ...]:
    """What truly speaks for it, the strongest first, at most three."""
    found = [
        Reason(code="shares_challenge", params={"challenge": label.challenge})
        for label in idea.labels
        if label.challenge in entry.challenges
    ][:1]
    here = [code for code in idea.municipalities if code in municipalities_of(entry)]
    if covers_all(entry):
        found.append(Reason(code="whole_county"))
    elif here:
        found.append(Reason(code="works_in_municipality", params={"municipality": here[0]}))
    if here and isinstance(entry, Actor) and entry.org_type in FIRST_DOORS:
        found.append(Reason(code="open_door"))
    elif "ide" in entry.idea_stages:
        found.append(Reason(code="takes_early_ideas"))
    return tuple(found[:3])
