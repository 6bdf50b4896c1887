"""Why, as operators read it: the sentences of the codes in `domain/reasons.py` and `domain/conditions.py`."""

from collections.abc import Mapping

from shared.events.entry import AnyEntry
from shared.web.i18n import gettext as _
from shared.web.i18n import later as N_
from shared.web.i18n import pick
from shared.web.phrasebook import Name, Phrasebook

SENTENCES = {
    "shares_challenge": N_("arbetar med {challenge}"),
    "works_in_municipality": N_("finns i {municipality}"),
    "whole_county": N_("finns i hela länet"),
    "open_door": N_("tar emot vem som helst med en idé"),
    "takes_early_ideas": N_("tar emot idéer som just har fötts"),
    "needs_legal_form": N_("kan sökas av: {forms}"),
    "wrong_stage": N_("är till för: {stages}"),
    "own_share": N_("kräver {percent} procent egen del"),
    "requires": N_("kräver: {requirement}"),
    "via": N_("söks så här: {route}"),
    "ask_about_place": N_("gäller bara delar av kommunen: fråga var"),
    "status_unknown": N_("vi vet inte om det går att söka nu"),
    "unsure": N_("Vi är osäkra på vad idén handlar om."),
    "too_short": N_("Det är för lite text för att förstå."),
    "not_an_idea": N_("Det verkar vara något annat än en idé."),
    "acute": N_("Någon kan vara i fara: läs nu."),
    "unreadable": N_("Vi kan inte läsa språket."),
}
LISTS = {"forms": "eligible_forms", "stages": "idea_stages", "requirement": "requirements", "route": "routes"}


def phrasebook(entries: Mapping[str, AnyEntry]) -> Phrasebook:
    """Sentences whose ids and codes are shown by the directory's names for them."""

    def name(entry_id: str) -> str | None:
        entry = entries.get(entry_id)
        return pick(entry.name, entry.name_en) if entry else None

    def terms(kind: str) -> Name:
        def named(codes: str) -> str:
            words = [name(f"{kind}:{code}") or code for code in codes.split(",")]
            return _(" eller ").join(words)

        return named

    return Phrasebook(
        SENTENCES, {"challenge": name, "municipality": name, **{p: terms(kind) for p, kind in LISTS.items()}}
    )
