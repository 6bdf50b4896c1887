"""What is said when something cannot be done: by status, by code, by what is wrong with a field."""

from shared.web.i18n import later as N_

TITLES = {
    400: N_("Vi kunde inte läsa det som skickades"),
    401: N_("Logga in först"),
    403: N_("Det går inte härifrån"),
    404: N_("Sidan finns inte"),
    405: N_("Så går det inte att göra här"),
    409: N_("Det går inte som läget är nu"),
    410: N_("Den gäller inte längre"),
    413: N_("Det var för mycket på en gång"),
    415: N_("Vi kan inte läsa det formatet"),
    422: N_("Något behöver rättas"),
    429: N_("Vänta lite"),
    500: N_("Något gick fel hos oss"),
    503: N_("Det går inte just nu"),
}
ADVICE = {
    400: N_("Gå tillbaka, ladda om sidan och försök igen."),
    401: N_("Be om en länk på sidan där man loggar in, och försök igen."),
    403: N_("Öppna sidan här hos oss och försök igen därifrån."),
    404: N_("Kontrollera adressen. En länk i ett brev kan ha brutits på två rader: kopiera hela."),
    405: N_("Gå tillbaka och försök igen därifrån."),
    410: N_("Hör av dig till oss, så hjälper vi till."),
    413: N_("Korta texten och skicka igen. Det du skrev finns kvar om du går tillbaka."),
    415: N_("Skicka som JSON: content-type application/json."),
    422: N_("Gå tillbaka och se över det du fyllde i."),
    429: N_("Det blev många försök på kort tid. Prova igen om en stund."),
    500: N_("Felet är noterat. Det du skrev finns kvar om du går tillbaka. Prova igen om en stund."),
    503: N_(
        "Vi kan inte spara något just nu. Det du skrev finns kvar om du går tillbaka. Prova igen om några minuter."
    ),
}
SENTENCES = {
    "slow_down": N_("Det blev många försök på kort tid. Prova igen om en stund."),
    "no_such_service": N_("Den delen körs inte här."),
}

# Pydantic's own codes and parameters; the sentence goes to whoever wrote the program that asked.
FAULTS = {
    "missing": N_("Det här behövs."),
    "extra_forbidden": N_("Det här fältet finns inte."),
    "json_invalid": N_("Det är inte giltig JSON."),
    "string_type": N_("Här ska det stå text."),
    "string_too_short": N_("Skriv minst {min_length} tecken."),
    "string_too_long": N_("Skriv högst {max_length} tecken."),
    "string_pattern_mismatch": N_("Det har inte rätt form: {pattern}"),
    "bool_type": N_("Här ska det stå true eller false."),
    "bool_parsing": N_("Här ska det stå true eller false."),
    "int_type": N_("Här ska det stå ett heltal."),
    "int_parsing": N_("Här ska det stå ett heltal."),
    "greater_than_equal": N_("Det får vara minst {ge}."),
    "less_than_equal": N_("Det får vara högst {le}."),
    "literal_error": N_("Välj något av {expected}."),
    "enum": N_("Välj något av {expected}."),
}
UNREADABLE = N_("Det här går inte att läsa.")
