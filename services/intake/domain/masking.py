"""Takes out of a text who wrote it and how to reach them, before anybody else may read it.

Finds what has a form (mail, phone, personal number) and names that introduce or sign. What it does not recognise it
cannot hide: that is why nobody outside reads an idea without its holder's leave.
"""

import re

# Bounded, and begun only where a word begins: a text of one endless word must not take the whole day.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63})+")
PERSONAL = re.compile(r"\b(?:19|20)?\d{6}[-+ ]?\d{4}\b")
_CLOCK, _YEAR = r"(?:[01]?\d|2[0-4])[.:][0-5]\d", r"(?:19|20)\d\d"
_NO_PHONE = rf"(?!{_CLOCK}\s?[-–]\s?{_CLOCK}(?!\d)|{_YEAR}-\d\d-\d\d(?!-?\d)|{_YEAR}\s?[-–/]\s?{_YEAR}(?!\d))"
_BETWEEN = r"[ \u00a0./()\u2010-\u2015-]{0,3}"  # what people write between the digits of a number
PHONE = re.compile(
    rf"(?<!\d){_NO_PHONE}(?:\+|00)?\(?\d(?:{_BETWEEN}\d){{6,14}}(?!\d)(?!\s?(?:kr\b|kronor|sek\b|euro))", re.IGNORECASE
)
STREET = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+(?:gatan|vägen|gränd|stigen|allén|backen|torget)\s\d+\s?[A-Za-z]?\b")
_NAME = r"[A-ZÅÄÖÉÜ][\w'’-]+(?:\s(?:(?:[a-z]{2,3}\s)?[A-ZÅÄÖÉÜ][\w'’-]*))*"
SAYS = re.compile(
    rf"(?i:\b(?:jag heter|mitt namn är|my name is|i am called|hälsar|hälsningar,?|mvh,?|vänligen,?|regards,?))\s+({_NAME})"
)


def masked(text: str, name: str | None = None) -> str:
    """The text with contact details and recognised names replaced by what they were, in brackets."""
    text = MAIL.sub("[e-post]", text)
    text = PERSONAL.sub(_what_number, text)
    text = PHONE.sub("[telefon]", text)
    text = STREET.sub("[adress]", text)
    text = SAYS.sub(lambda found: found.group().replace(found.group(1), "[namn]"), text)
    for part in _parts(name):
        text = re.sub(rf"\b{re.escape(part)}s?\b", "[namn]", text, flags=re.IGNORECASE)
    return re.sub(r"\[namn\](?:\s\[namn\])+", "[namn]", text)


def _what_number(found: re.Match[str]) -> str:
    """Ten digits in a row that begin with 0 are a phone number more often than somebody born in this century."""
    return "[telefon]" if re.fullmatch(r"0\d{9}", found.group()) else "[personnummer]"


def _parts(name: str | None) -> list[str]:
    """A name as a whole and in pieces that are long enough to be one."""
    if not name or not name.strip():
        return []
    return [name.strip(), *(part for part in name.split() if len(part) > 2)]
