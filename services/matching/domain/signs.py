"""Ways of saying, in Swedish and English, that a person must read first. Meanings, not any region's words.

Each pattern of `NO_IDEA` is one kind of message that is no idea, and every way in it one sign of that kind. Ways are
regular expressions from the start of a word on, separated by `·`.
"""

import re

WORD = re.compile(r"[^\W\d_]+")


def _any(ways: str) -> re.Pattern[str]:
    """Any of these, in capitals or not."""
    return re.compile(r"\b(?:" + "|".join(way.strip() for way in ways.split("·")) + ")", re.IGNORECASE)


_HURTS = r"(?:slår|slog|slagit|spark|stryp|hota[rt]|misshandla|våldt|lås(?:er|te|t) in|förfölj|dödar?\b|skada[rt])\w*"
_MINE = r"(?:mig|oss|barnen|mina (?:barn|syskon)|min (?:mamma|mor|pappa|syster|bror|dotter|son))\b"
_HURT = r"(?:hit|beat|kick|threaten|rape|hurt|chok|abus)\w*"
_MY = r"(?:me|us|my (?:kids|children|mother|mum|mom|sister|brother|daughter|son))\b"
_SOMEONE = r"(?:jag|han|hon|hen|son|dotter|vän|kompis|pappa|mamma|man|fru)\b[^.!?]{0,60}\b"

# Someone may be in danger, told as something that happens, not as a subject to work with ("mot våld", "självmordsprevention").
ACUTE = _any(
    rf"""
    {_HURTS} (?:\w+ ){{0,2}}{_MINE} · (?:blir|blev|har blivit) (?:slagen|misshandlad|våldtagen|inlåst) ·
    {_SOMEONE}(?:vill (?:bara )?dö\b|vill inte (?:leva|finnas)|inte vill (?:leva|finnas)|slippa leva) ·
    {_SOMEONE}(?:ta (?:mitt|sitt) (?:eget )?liv|tar (?:mitt|sitt) liv|ta livet av|avsluta allt) ·
    {_SOMEONE}(?:skär mig|skär sig\b|skada[rt]? mig|skadar sig själv|göra? mig illa|gör sig illa|självmordstankar) ·
    jag\b[^.!?]{{0,40}}\b(?:tänker på självmord|inte (?:leva|mera?|längre)\s*(?:[.,!?]|och|$)|inte längre till) ·
    om jag (?:inte fanns|var död|vore död|dog)\b · (?:inget|ingenting) (?:kvar )?att leva för · orkar inte leva\b · livrädd ·
    rädd för (?:mitt liv|mitt ex|honom|min (?:man|pappa|sambo|kille|pojkvän|bror|son)) · akut hjälp ·
    vågar (?:inte|knappt) (?:gå hem|åka hem|komma hem|vara hemma|sova|ringa|lämna honom) · (?:jag|vi) är i fara\b ·
    (?:kollar|kontrollerar|läser|övervakar) min (?:telefon|mobil) · hjälp (?:mig|oss)(?: nu\b| snälla|!) ·
    han (?:kommer|tänker) (?:att )?(?:hitta|döda|slå) (?:mig|oss) ·
    {_HURT} (?:\w+ )?{_MY} · (?:afraid|scared|terrified) (?:of|for) (?:my (?:husband|boyfriend|dad|ex|life)|him)\b ·
    wants? to die\b · wish i (?:was|were) dead · kill (?:myself|himself|herself) · end (?:my|his|her) life · suicidal ·
    (?:hurt|cut)(?:ting)? myself · do(?:n.?t| not) want to live · can.?t go on\b · no reason to live · help me now ·
    (?:i am|i.m|we are) in danger · he (?:will|is going to) (?:kill|hurt|find) (?:me|us)
    """
)
_WANTS_WORK = _any(
    r"""
    cv\b · personligt brev · meritförteckning · löneanspråk · referenser · intresseanmälan · spontanansök · b-körkort ·
    \w*examen · anställ(?:a (?:någon|mig)|ning) · lediga? (?:jobb|tjänst) · körkort · arbetat (?:som|i|med)\b ·
    söker (?:jobb|arbete|tjänst|extrajobb|sommarjobb|praktik) · erfarenhet (?:av|inom|som)\b · resume\b · cover letter ·
    job application · vacanc · looking for (?:a )?(?:job|work|position) · years of experience · applying for
    """
)
_SELLS = _any(
    r"""
    lån\b · loan · ränta · \d+ ?% (?:ränta|interest|rabatt|off) · interest rate · -\d+ ?% · rabatt · erbjudande · offer\b ·
    klicka (?:här|på) · click · garanter · guarantee · https?:// · www\. · whatsapp · telegram · köp nu · (?:buy|order) now ·
    bitcoin · krypto · crypto · casino · viagra · google · seo\b · sökmotor · (?:er|din|your) (?:hemsida|webbplats|website) ·
    followers · följare på · urgent · dear (?:sir|friend|beneficiary|customer|winner) · inheritance · vinst · investera ·
    (?:within|inom) \d+ (?:hours|days|timmar|dagar|dygn) · just nu · bank ?(?:details|account) · bankuppgifter · passport ·
    no collateral · utan säkerhet · you have won · du har vunnit · million (?:dollar|usd|euro) · boka (?:möte|demo)
    """
)
_REPORTS = _any(
    r"""
    \w*hål i (?:vägen|gatan|asfalten) · potthål · asfalt · punka · \w*(?:lampan|lamporna|lyset|belysningen)\b · släckt ·
    lyser inte · trasig · sönder\b · o?plogat · snöröj · halkbekämp · sopor(?:na)?\b · soptunn · sopbil · klotter · nedskräp ·
    vattenläck · avlopp · felanmäl · fel på · åtgärda · laga[rs]? (?:det|den|ni)\b ·
    när (?:tänker|kommer|ska) (?:ni|det|någon) · skicka (?:hit )?någon · klaga · klagomål · oacceptabel · skandal ·
    missnöjd · bedrövlig · överklaga ·
    handläggare · potholes? · street ?lights? · broken · complain · unacceptable · fix (?:it|this) · when will you
    """
)
_ABUSES = _any(
    r"""
    idiot · dumm?a? i huvudet · dra åt · håll käft · jävl · fan ta · fy fan · äckl · svin\b · kräk · skit(?:snack|prat|stövl) ·
    värdelösa · patetisk · fuck · stupid · morons? · scum · shut up · go to hell
    """
)
_ASKS = _any(
    r"""
    hur (?:söker|ansöker|loggar|ändrar|når|kontaktar)\b · öppettid · telefontid · telefonnummer · har ni öppet · när är sista ·
    sista ansökningsdag · var hittar jag · kan ni skicka · lösenord · logga in · faktura · mitt ärende · mitt konto ·
    vem ska jag kontakta · undrar (?:bara )?(?:hur|när|om ni|var|vem|vilken)\b · what time · how do i\b · where (?:can|do) i\b ·
    opening hours · password · invoice · log in · my account
    """
)
_TRADES = _any(
    r"""
    säljes · köpes · uthyres · bortskänkes · till salu · högstbjudande · bästa bud · prisidé · nyskick · hämtas (?:på|i)\b ·
    upphittad · bortsprungen · for sale · for rent · begagnad · \d+ rum och kök · visning · skick\b
    """
)
NO_IDEA = (_WANTS_WORK, _SELLS, _REPORTS, _ABUSES, _ASKS, _TRADES)

PROPOSES = _any(
    r"""
    idé · idea · förslag · föreslå · propos · suggest · tänk om · min tanke · tanken · tänkte · tänker mig · vore · borde ·
    should · could · kunde · skulle (?:vilja|kunna|man|vi|det)\b · vill · vilja · önskar · (?:want|like|love) to · let.?s\b ·
    let us · what if · låt\b · starta · ordna · anordna · skapa · bygg · öppna · behöv · need · kan (?:man|vi) inte · ska få ·
    varför (?:inte|ska) · gör en · köp en · projekt · gemensam · tillsammans · together
    """
)

COMMON = frozenset(
    WORD.findall(
        """
        och å att det som är för på i av en ett med den inte vi jag har till kan om de dom man vill så när där från ska eller
        men mig sig oss min mitt mina vår våra sin sitt sina hade var vid ut upp in här bara också någon något nån nåt alla
        the and of to is are for with that our my they could have it be a we you this there would not who at so
        """
    )
)
