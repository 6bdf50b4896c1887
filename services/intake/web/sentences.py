"""What intake says: why a form cannot be taken, why somebody fits, what has happened. Swedish, in place."""

from collections.abc import Mapping

from shared.events.entry import AnyEntry
from shared.web.i18n import gettext as _
from shared.web.i18n import later as N_
from shared.web.i18n import pick
from shared.web.phrasebook import Name, Phrasebook

REFUSALS = {
    "nothing_to_read": N_("Skriv några ord om din idé. En mening räcker."),
    "too_long": N_("Korta texten till högst {most} tecken. Det viktigaste räcker."),
    "line_too_long": N_("Skriv högst {most} tecken här."),
    "email_missing": N_("Skriv din e-postadress, så att vi kan mejla dig."),
    "phone_missing": N_("Skriv ditt telefonnummer, så att vi kan ringa dig."),
    "email_malformed": N_("Kontrollera e-postadressen. Den ska se ut som namn@exempel.se. En adress räcker."),
    "phone_malformed": N_("Kontrollera telefonnumret. Skriv det med riktnummer, till exempel 070-174 06 05."),
    "line_break": N_("Skriv namn och kontakt på en rad."),
    "key_reused": N_("Nyckeln hör redan till en annan idé. Skicka den här med en ny nyckel."),
    "no_such_idea": N_("Vi hittar ingen idé med den koden. Kontrollera den: sju tecken, till exempel G7K 4M2P."),
    "no_such_page": N_("Vi hittar ingen sida med den länken. Kopiera hela länken, eller be att få den igen."),
    "no_such_municipality": N_("Välj en kommun i listan."),
    "no_such_legal_form": N_("Välj vilka ni är i listan."),
    "already_withdrawn": N_("Idén är redan tillbakatagen."),
}
REASONS = {
    "shares_challenge": N_("De arbetar med {challenge}."),
    "works_in_municipality": N_("De finns i {municipality}."),
    "whole_county": N_("De arbetar i hela länet."),
    "open_door": N_("Alla som har en idé kan gå till dem."),
    "takes_early_ideas": N_("De tar emot idéer som just har börjat."),
}
MONEY_REASONS = {
    "shares_challenge": N_("Pengarna är till för {challenge}."),
    "works_in_municipality": N_("De kan sökas i {municipality}."),
    "whole_county": N_("De kan sökas i hela länet."),
    "takes_early_ideas": N_("De går att söka tidigt, innan allt är klart."),
}
STEPS = {
    "needs_legal_form": N_("någon av de här behöver söka: {forms}"),
    "wrong_stage": N_("idén behöver ha kommit längre: {stages}"),
    "own_share": N_("minst {percent} procent av kostnaden behöver komma från annat håll"),
    "requires": N_("det här krävs: {requirement}"),
    "via": N_("så här söks pengarna: {route}"),
    "ask_about_place": N_("fråga om de arbetar just där du bor"),
    "status_unknown": N_("fråga om det går att söka nu, det vet vi inte"),
}
LISTS = {"forms": "eligible_forms", "stages": "idea_stages", "requirement": "requirements", "route": "routes"}
STATES = {
    "received": N_("Vi har fått din idé och läser den."),
    "classified": N_("Vi letar efter människor och pengar som passar."),
    "matched": N_("Vi har hittat några som kan passa. Någon här läser innan vi frågar dem."),
    "asked": N_("Frågan går till någon som kan hjälpa till. De har inte svarat än."),
    "accepted": N_("Någon har sagt ja och hör av sig."),
    "withdrawn": N_("Idén är tillbakatagen."),
}
WHY_NOT = {
    "no_capacity": N_("De hinner inte just nu. Det handlar om deras tid, inte om din idé."),
    "not_a_fit": N_("De hjälper inte till med sådant. Det finns andra som gör det."),
    "outside_area": N_("De arbetar inte där du bor."),
    "wrong_stage": N_("De tycker att idén behöver växa lite först."),
    "duplicate": N_("De känner redan till idén."),
    "referred_elsewhere": N_("De tycker att någon annan kan hjälpa bättre."),
    "other": N_("De kan inte just nu. Det handlar inte om att din idé är dålig."),
}
GONE = {
    "moved": N_("Du rättade var idén hör hemma, och de arbetar inte där."),
    "taken_by_another": N_("Någon annan sa ja."),
    "chose_another": N_("Någon som redan hade svarat ångrade sig, och får svara en gång till."),
    "withdrawn": N_("Du tog tillbaka idén."),
    "operator": N_("Någon av oss som arbetar här tog tillbaka frågan."),
}
SHOWN = {
    "text": N_("idén, utan ditt namn och nummer"),
    "title": N_("rubriken"),
    "place": N_("var den ska hända"),
    "labels": N_("vad den handlar om"),
    "name": N_("ditt namn"),
    "email": N_("din e-postadress"),
    "phone": N_("ditt telefonnummer"),
}
BASIS = {
    "consent": N_("Du sa att vi fick visa idén."),
    "operator": N_("Du sa ja när vi pratades vid."),
    "accepted": N_("De sa ja till att höra av sig."),
}


def phrasebook(sentences: Mapping[str, str], entries: Mapping[str, AnyEntry]) -> Phrasebook:
    """Sentences in which ids and codes are shown by the directory's names; `entries` by their keys."""

    def entry(kind: str) -> Name:
        def name(entry_id: str) -> str | None:
            known = entries.get(f"{kind}:{entry_id}")
            return pick(known.name, known.name_en) if known else None

        return name

    def challenge(entry_id: str) -> str | None:
        name = entry("challenge")(entry_id)
        return name[:1].lower() + name[1:] if name else None

    def terms(kind: str) -> Name:
        def named(codes: str) -> str:
            words = [entry("term")(f"{kind}:{code}") or code.replace("-", " ") for code in codes.split(",")]
            return _(" eller ").join(w[:1].lower() + w[1:] for w in words)

        return named

    names: dict[str, Name] = {p: terms(kind) for p, kind in LISTS.items()}
    return Phrasebook(sentences, names | {"challenge": challenge, "municipality": entry("municipality")})
