"""What notify says: why you, what is missing, what went wrong. Swedish, in place."""

from collections.abc import Callable, Mapping

from services.notify.domain.policy import Rules
from services.notify.queries.queue import Choice
from shared.events.entry import AnyEntry
from shared.web.i18n import gettext as _
from shared.web.i18n import later as N_
from shared.web.i18n import ngettext, pick
from shared.web.phrasebook import Name, Phrasebook

REFUSALS = {
    "name_missing": N_("Skriv ditt namn. Brevlådan är gemensam, så vi vill veta vem som svarade."),
    "other_missing": N_("Skriv vem vi borde fråga."),
    "name_too_long": N_("Skriv ett kortare namn."),
    "reason_missing": N_("Välj ett skäl. Då vet vi vem vi ska fråga nästa gång."),
    "illegal_transition": N_("Frågan är redan besvarad eller tillbakatagen. Så här står det nu."),
    "withdrawn": N_("Idén är tillbakatagen."),
    "too_late_to_undo": N_("Det har gått mer än en timme. Ring oss, så ändrar vi svaret."),
    "somebody_said_yes": N_("Någon har redan sagt ja. Ta först tillbaka frågan till dem."),
    "taken_by_another": N_("Någon annan har redan sagt ja. Ring oss om det blev fel."),
    "no_such_referral": N_("Vi hittar inte frågan. Kopiera hela länken ur brevet."),
    "no_such_actor": N_("Den finns inte i registret längre."),
    "no_such_idea": N_("Den idén finns inte hos oss."),
    "no_such_mail": N_("Det brevet finns inte."),
    "no_such_call": N_("Det samtalet är redan ringt, eller behövs inte längre."),
    "no_such_delivery": N_("Det utskicket finns inte."),
    "not_failed": N_("Det utskicket är redan på väg."),
    "link_expired": N_("Länken har gått ut. Ring oss eller svara på brevet, så hjälper vi till."),
    "cannot_ask": N_("Det går inte att fråga: idén är tillbakatagen, eller inte färdigläst."),
    "ask_consent": N_("Fråga först den som har idén om den får visas."),
    "call_first": N_("Ring först och bocka av: uppgiften är inte kontrollerad."),
    "paused": N_("De har bett att slippa frågor just nu."),
    "add_address": N_("Lägg först till en e-postadress."),
    "already_offered": N_("De är redan frågade."),
    "address_malformed": N_("Kontrollera adressen. Den ska se ut som namn@exempel.se."),
}
REMEDIES = {
    "confirm": N_("Läs igenom och skicka."),
    "ask_consent": N_("Fråga den som har idén om den får visas."),
    "await_consent": N_(
        "Den som har idén har inte lämnat någon kontakt, men kan själv säga ja på sin sida. Du behöver inte göra något."
    ),
    "look_at_labels": N_("Vi är osäkra på vad den handlar om. Läs och välj."),
    "paused": N_("De har pausat frågor. Välj någon annan."),
    "call_first": N_("Ej kontrollerad: ring och bocka av."),
    "add_address": N_("Saknar e-postadress: lägg till adress."),
    "choose_actor": N_("Vi frågade ingen av oss själva. Välj någon."),
}
ABSTAINED = {
    "unsure": N_("Vi är osäkra på vad den handlar om."),
    "too_short": N_("Det är för lite text för att förstå."),
    "not_an_idea": N_("Det verkar vara något annat än en idé."),
    "acute": N_("Någon kan vara i fara: läs nu."),
    "unreadable": N_("Vi kan inte läsa språket."),
}
NOBODY = {"nobody": N_("Ingen är frågad just nu, och ingen är föreslagen. Välj någon.")}
NO_REASONS = {
    "no_capacity": N_("Vi hinner inte just nu"),
    "not_a_fit": N_("Vi hjälper inte till med sådant"),
    "outside_area": N_("Det är utanför vårt område"),
    "wrong_stage": N_("Det är för tidigt, idén behöver växa först"),
    "duplicate": N_("Vi känner redan till den idén"),
    "other": N_("Något annat"),
}
WHY_YOU = {
    "shares_challenge": N_("ni arbetar med {challenge}"),
    "works_in_municipality": N_("ni finns i {municipality}"),
    "whole_county": N_("ni arbetar i hela länet"),
    "open_door": N_("alla som har en idé kan komma till er"),
    "takes_early_ideas": N_("ni tar emot idéer som just har börjat"),
}
DELIVERY = {
    "not_live": N_("Skarpa utskick är avstängda: bara adresser som slutar på .example får post."),
    "no_address": N_("Adress saknas."),
    "no_such_actor": N_("Mottagaren finns inte i registret längre."),
    "server_silent": N_("E-postservern svarar inte."),
    "refused_address": N_("Adressen går inte att skicka till."),
    "paused": N_("De har bett att slippa frågor just nu."),
    "broken": N_("Brevet gick inte att skriva. Felet är noterat."),
}
STATES = {
    "draft": N_("Förslag"),
    "requested": N_("Skickad"),
    "accepted": N_("Antagen"),
    "rejected": N_("Avböjd"),
    "cancelled": N_("Återkallad"),
}
KINDS = {
    "draft": N_("Förslag"),
    "unsure": N_("Osäker"),
    "nobody": N_("Ingen frågad"),
    "late": N_("Försenad"),
    "call": N_("Ring"),
    "parked": N_("Parkerad"),
    "failed": N_("Ej skickat"),
}
CALLS = {
    "tell_accepted": N_("Har bara lämnat telefon: berätta att någon sagt ja"),
    "tell_undone": N_("Har bara lämnat telefon: berätta att de ångrade sitt ja"),
}
NOTES = {
    "sent": N_("skickade frågan"),
    "chose": N_("valde mottagare"),
    "cancelled": N_("tog tillbaka frågan"),
    "address": N_("lade till adress"),
    "rang": N_("ringde och bockade av"),
    "consent": N_("noterade ja till att visa idén"),
    "called": N_("ringde"),
    "paused": N_("pausade alla utskick"),
    "resumed": N_("startade utskicken igen"),
    "again": N_("skickade igen"),
}


WHYS = {
    "withdrawn": N_("den som har idén tog tillbaka den"),
    "operator": N_("vi tog tillbaka frågan"),
    "chose_another": N_("någon annan valdes"),
    "matched_again": N_("passar inte längre, sedan platsen eller idén lästs om"),
    "moved": N_("arbetar inte där idén hör hemma, sedan platsen rättats"),
    "taken_by_another": N_("någon annan sa ja"),
    "left_directory": N_("finns inte i registret längre"),
    "undone": N_("svaret ångrades"),
    "referred_elsewhere": N_("tipsade om någon annan"),
}
WHOM = {
    "policy": N_("av sig självt"),
    "holder": N_("den som har idén"),
    "console": N_("någon vid maskinen"),
    "gort restore": N_("en återställning"),
}
SHOWN = {
    "text": N_("texten"),
    "title": N_("rubriken"),
    "place": N_("orten"),
    "labels": N_("vad den handlar om"),
    "name": N_("namn"),
    "email": N_("e-post"),
    "phone": N_("telefon"),
}
BASIS = {"consent": N_("den som har idén har sagt ja"), "operator": N_("ja har sagts till oss i telefon")}


def choose_why(choice: Choice, rules: Rules) -> str:
    """Why an operator has to choose, with the numbers that the rules went by."""
    if choice.asked >= rules.most:
        asked = ngettext("En är frågad utan att säga ja.", "%(num)s är frågade utan att någon sa ja.", choice.asked)
        return asked % {"num": choice.asked} + " " + _("Fler frågar vi inte av oss själva. Välj någon.")
    if choice.score < rules.threshold:
        return _(
            "Ingen som är kvar att fråga passar tillräckligt: den bästa av dem får {score} av 100, och vi frågar från "
            "{limit}. Välj någon."
        ).format(score=round(choice.score * 100), limit=round(rules.threshold * 100))
    return said(REMEDIES)("choose_actor")


def said(sentences: Mapping[str, str]) -> Callable[[str], str]:
    """How a code is said; one that has no words as it is, such as what a mail server answered."""
    return lambda code: _(sentences[code]) if code in sentences else code


def phrasebook(sentences: Mapping[str, str], entries: Mapping[str, AnyEntry]) -> Phrasebook:
    """Sentences in which ids are shown by the directory's names; `entries` by their keys."""

    def entry(kind: str) -> Name:
        def name(entry_id: str) -> str | None:
            known = entries.get(f"{kind}:{entry_id}")
            return pick(known.name, known.name_en) if known else None

        return name

    def challenge(entry_id: str) -> str | None:
        name = entry("challenge")(entry_id)
        return name[:1].lower() + name[1:] if name else None

    return Phrasebook(sentences, {"challenge": challenge, "municipality": entry("municipality")})


def joined(parts: list[str]) -> str:
    """``a, b och c``"""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + _(" och ") + parts[-1] if parts else ""
