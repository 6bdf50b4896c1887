"""When a person must read first: someone may be in danger, it is no idea, or we cannot read it.

Codes: ``acute``, ``not_an_idea``, ``too_short``, ``unreadable``. Patterns name meanings, in Swedish and English; they are
to be too careful rather than too bold, since all that happens is that a person reads before anyone is asked.
"""

import re

_ACUTE = re.compile(
    r"ta(r)? (mitt|sitt) liv|ta livet av|vill (inte leva|dö)\b|orkar inte (leva|mer\b)|självmord|suicid|självskad"
    r"|skär (mig|sig)\b|(slår|slog|hotar|misshandlar|våldtog|våldtar) (mig|oss|henne|honom|mina? barn|sin)"
    r"|rädd för (min|mitt) (man|pappa|liv|sambo|ex)|vågar inte (gå|åka|komma) hem|hjälp mig nu|kill myself|hits me"
    r"|want to die|afraid (of|for) my (husband|life)",
    re.IGNORECASE,
)
_NOT_AN_IDEA = re.compile(
    r"(bifogar|skickar med) (mitt )?cv\b|personligt brev|söker (jobb|arbete|tjänst|anställning)\b.*\b(erfarenhet|examen)"
    r"|ni behöver anställa|sökmotor|seo\b|google(-| )?(rank|plac|topp)|första sidan på google|syns ni på google"
    r"|billiga lån|loan offer|urgent (loan|offer)|bitcoin|casino|viagra|click here|klicka här|earn \$|inheritance"
    r"|felanmäl|hål i (vägen|gatan|asfalten)|gatlampan|när kommer (plogbilen|sopbilen)|fattig(pack)|jävla (idioter|as)"
    r"|håll käften|dra åt helvete",
    re.IGNORECASE | re.DOTALL,
)
_LATIN = re.compile(r"[a-zåäöéü]", re.IGNORECASE)
FEWEST = 6  # words, below which there is too little to go on


def caution(text: str) -> str | None:
    """Why a person must read this first, or None. The most serious reason wins."""
    if _ACUTE.search(text):
        return "acute"
    if _NOT_AN_IDEA.search(text):
        return "not_an_idea"
    letters = sum(c.isalpha() for c in text)
    if letters and len(_LATIN.findall(text)) < letters / 2:
        return "unreadable"
    return "too_short" if len(text.split()) < FEWEST else None
