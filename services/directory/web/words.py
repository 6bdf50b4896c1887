"""Codes of the pack as words: the pack's own terms, and sentences for what is more than a name."""

from collections.abc import Mapping, Sequence

from shared.events.entry import AnyEntry, Call, Scheme
from shared.web.i18n import gettext as _
from shared.web.i18n import later as N_
from shared.web.i18n import pick
from shared.web.wording import sek

REFUSALS = {"no_such_entry": N_("Den finns inte i registret. Den kan ha tagits bort.")}
STATUS = {
    "lopande": N_("Går att söka när som helst."),
    "aterkommande": N_("Öppnar då och då."),
    "stangd": N_("Stängd: går inte att söka nu."),
    "okand": N_("Om det går att söka nu vet vi inte. Fråga dem som ger pengarna."),
}


class Words:
    """Names by the entries that are terms, challenges and municipalities, by key."""

    def __init__(self, named: Sequence[AnyEntry]) -> None:
        self._named: Mapping[str, AnyEntry] = {f"{entry.kind}:{entry.id}": entry for entry in named}

    def term(self, list_name: str, code: str) -> str:
        return self._name(f"term:{list_name}:{code}", code.replace("-", " "))

    def terms(self, list_name: str, codes: Sequence[str]) -> list[str]:
        return [self.term(list_name, code) for code in codes]

    def challenge(self, code: str) -> str:
        return self._name(f"challenge:{code}", code)

    def municipality(self, code: str) -> str:
        return self._name(f"municipality:{code}", code)

    def status(self, scheme: Scheme) -> str:
        return _(STATUS.get(scheme.status, STATUS["okand"]))

    def amount(self, scheme: Scheme) -> str:
        low, high = scheme.min_sek, scheme.max_sek
        if low and high:
            return _("{low} till {high}").format(low=sek(low), high=sek(high))
        if high:
            return _("Högst {high}").format(high=sek(high))
        return _("Minst {low}").format(low=sek(low)) if low else _("Vet vi inte. Fråga dem som ger pengarna.")

    def own_share(self, scheme: Scheme) -> str:
        share = scheme.own_share_pct
        if share is None:
            return _("Vet vi inte. Fråga dem som ger pengarna.")
        return _("Minst {share} procent av kostnaden").format(share=share) if share else _("Inget krav")

    def call(self, call: Call) -> str:
        """When it can be applied for, as far as anybody has seen."""
        year = f" {call.year}" if call.year else ""
        if call.rolling:
            return _("När som helst")
        if call.opens and call.closes:
            return _("{opens} till {closes}").format(opens=_day(call.opens), closes=_day(call.closes)) + year
        if call.closes:
            return _("Senast {closes}").format(closes=_day(call.closes)) + year
        return _("Från {opens}").format(opens=_day(call.opens)) + year if call.opens else (call.note or "")

    def _name(self, key: str, otherwise: str) -> str:
        entry = self._named.get(key)
        return pick(entry.name, entry.name_en) if entry else otherwise


def _day(month_day: str) -> str:
    month, day = month_day.split("-")
    return f"{int(day)}/{int(month)}"
