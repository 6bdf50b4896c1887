"""What must be solved before an entry can help: a step to take, never a no. Codes with parameters, no sentences.

``needs_legal_form`` forms · ``wrong_stage`` stages · ``own_share`` percent · ``requires`` requirement · ``via`` route ·
``ask_about_place`` - see `CODES`, which a contract test holds against the sentences that are shown.
"""

from services.matching.domain.area import Inside, inside
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.signal import Offer
from shared.events.entry import Scheme
from shared.events.idea_matched import Reason

CODES = {
    "needs_legal_form": ("forms",),
    "wrong_stage": ("stages",),
    "own_share": ("percent",),
    "requires": ("requirement",),
    "via": ("route",),
    "ask_about_place": (),
    "status_unknown": (),
}
LEGAL = frozenset({"organisationsnummer", "stadgar-styrelse", "bankkonto"})  # follow from having a legal form


def missing(entry: Offer, idea: IdeaView) -> tuple[Reason, ...]:
    """What stands between this idea and this entry, the first step first."""
    found: list[Reason] = []
    if inside(entry, idea) is Inside.MAYBE:
        found.append(Reason(code="ask_about_place"))
    if "ide" not in entry.idea_stages:
        found.append(Reason(code="wrong_stage", params={"stages": ",".join(entry.idea_stages)}))
    if isinstance(entry, Scheme):
        found += _to_apply(entry, idea)
    return tuple(found)


def _to_apply(scheme: Scheme, idea: IdeaView) -> list[Reason]:
    found: list[Reason] = []
    fits = (idea.legal_form or "privatperson") in scheme.eligible_forms
    if not fits and scheme.eligible_forms:
        found.append(Reason(code="needs_legal_form", params={"forms": ",".join(scheme.eligible_forms)}))
    if scheme.route != "direkt":
        found.append(Reason(code="via", params={"route": scheme.route}))
    for requirement in scheme.requires:
        if not (requirement in LEGAL and not fits):
            found.append(Reason(code="requires", params={"requirement": requirement}))
    if scheme.own_share_pct:
        found.append(Reason(code="own_share", params={"percent": scheme.own_share_pct}))
    if scheme.status == "okand":
        found.append(Reason(code="status_unknown"))
    return found
