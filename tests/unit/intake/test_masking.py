"""Who reads an idea does not learn from its text who wrote it, nor how to reach them."""

import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.intake.domain.masking import MAIL, masked


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Mejla mig på asa.ek@byn.example tack", "Mejla mig på [e-post] tack"),
        ("asa+ide@post.byn.example", "[e-post]"),
        ("åsa.ek@byn.example", "[e-post]"),
        ("Ring 070-174 06 05 på kvällen", "Ring [telefon] på kvällen"),
        ("Ring tfn0701-740605.", "Ring tfn[telefon]."),
        ("Ring 070 – 174 06 05", "Ring [telefon]"),
        ("Ring +46 70 174 06 05!", "Ring [telefon]!"),
        ("Ring 0046701740605", "Ring [telefon]"),
        ("Ring (026) 17 06 05", "Ring [telefon]"),
        ("Jag är 19640823-3234 till numret", "Jag är [personnummer] till numret"),
        ("640823-3234", "[personnummer]"),
        ("6408233234", "[personnummer]"),
        ("0701740605", "[telefon]"),
        ("Vi ses på Storgatan 12 B", "Vi ses på [adress]"),
        ("Jag heter Åsa Ek och vill", "Jag heter [namn] och vill"),
        ("jag heter Carl-Johan af Ugglas", "jag heter [namn]"),
        ("My name is Amina Warsame.", "My name is [namn]."),
        ("Ett kafé.\nMvh Åsa", "Ett kafé.\nMvh [namn]"),
        ("Ett kafé.\nVänliga hälsningar, Åsa Ek", "Ett kafé.\nVänliga hälsningar, [namn]"),
        ("Hälsningar\nÅsa", "Hälsningar\n[namn]"),
    ],
)
def test_what_has_a_form_or_signs_is_hidden(text: str, hidden: str) -> None:
    assert masked(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Ett kafé för 25 personer i Gävle 2026",
        "Öppet 10.00-14.30 varje lördag",
        "Det kostar 150 000 kronor",
        "Det kostar 1 500 000 kr om året",
        "Vi börjar 2026-05-01",
        "Projektet pågår 2026-2028",
        "Storgatan behöver träd",
        "Jag heter inget särskilt för er",
    ],
)
def test_what_says_nothing_of_a_person_is_kept(text: str) -> None:
    assert masked(text) == text


def test_the_name_that_was_given_is_hidden_wherever_it_stands() -> None:
    shown = masked("Åsa bor i byn. Åsas kafé, säger åsa. Familjen Ek är med. Eken står kvar.", "Åsa Eklund")
    assert "åsa" not in shown.lower()
    assert "Eken står kvar" in shown


def test_a_whole_name_is_one_name() -> None:
    assert masked("Frågor till Åsa Eklund", "Åsa Eklund") == "Frågor till [namn]"


@pytest.mark.parametrize("name", [None, "", "  ", "(", "a\\d+[", "Bo"])
def test_no_name_makes_it_stumble(name: str | None) -> None:
    assert masked("Bosse bor i Bollnäs", name) == "Bosse bor i Bollnäs"


words = st.sampled_from(
    ["Ring", "skriv till", "mig", "på", "kvällen", "tack", "vi är", "och", "Hej!", "(", ")", ":", ","]
)
around = st.lists(words, max_size=4).map(" ".join)
local = st.text(string.ascii_letters + string.digits + "._+-åäö", min_size=1, max_size=20).filter(
    lambda text: text.strip("._+-") == text and ".." not in text
)
domains = st.lists(st.text(string.ascii_lowercase + string.digits, min_size=2, max_size=12), min_size=1, max_size=3)
mails = st.builds(lambda who, where: f"{who}@{'.'.join(where)}.example", local, domains)


@given(around, mails, around)
def test_a_mail_address_never_survives(before: str, mail: str, behind: str) -> None:
    shown = masked(f"{before} {mail} {behind}")
    assert mail not in shown
    assert "@" not in shown


@given(around, mails, st.sampled_from([".", ",", ")", "!", "?", ";", ":", ">", '"', "\n"]))
def test_a_mail_address_before_a_sign_never_survives(before: str, mail: str, sign: str) -> None:
    assert "@" not in masked(f"{before} {mail}{sign}")


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A Swedish number the way people write it: a prefix, then groups of two or three."""
    prefix = draw(
        st.sampled_from(["070", "073", "076", "026", "0270", "0651", "+46 70", "+4670", "0046 70", "+46(0)70"])
    )
    groups = draw(st.sampled_from([(3, 2, 2), (2, 2, 2), (3, 3), (7,), (6,), (3, 4)]))
    join = draw(st.sampled_from([" ", "-", "", "\u00a0", ".", " - ", "–", "/", "\u2011"]))
    digits = [draw(st.text(string.digits, min_size=n, max_size=n)) for n in groups]
    first = draw(st.sampled_from(["-", " ", "", "/", " - ", "–"]))
    return prefix + first + join.join(digits)


@given(around, phones(), around)
@example("Ring", "070 – 174 06 05", "tack")
@example("Ring", "(070) 174 06 05", "tack")
@example("tel:", "070-1740605", "")
def test_a_phone_number_never_survives(before: str, phone: str, behind: str) -> None:
    shown = masked(f"{before} {phone} {behind}")
    left = sum(c.isdigit() for c in shown)
    assert left <= 4, f"{phone} -> {shown}"


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["-", "+", "", " "]), st.booleans())
def test_a_personal_number_never_survives(born, last: int, sign: str, century: bool) -> None:
    year = f"{19 + born.year % 2}{born.year % 100:02}" if century else f"{born.year % 100:02}"
    number = f"{year}{born.month:02}{born.day:02}{sign}{last:04}"
    assert not re.search(r"\d{4}", masked(f"Jag har {number} som nummer"))


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=30)))
def test_no_text_makes_it_stumble(text: str, name: str | None) -> None:
    assert not MAIL.search(masked(text, name))


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text", ["1 " * 10_000, "a." * 10_000, "A a " * 5_000, "a@" * 10_000, "jag heter " + "A" * 20_000]
)
def test_twenty_thousand_characters_are_masked_at_once(text: str) -> None:
    assert masked(text)
