"""What somebody wrote is kept as they wrote it, without what nobody can see."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.intake.domain.words import MOST, has_words, readable

anything = st.text(st.characters(), max_size=200)  # surrogates and private letters too
pieces = st.sampled_from(
    ["<p>", "</p>", "<br>", "<![x[", "<!--", "-->", "<script>", "</script>", "&amp;", "<!", "é", " "]
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ett\x00 kafé\x07", "ett kafé"),
        ("ett\x1b[31m kafé", "ett[31m kafé"),
        ("rad ett\r\nrad två\rrad tre", "rad ett\nrad två\nrad tre"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("  ett   kafé\t på  torget  ", "ett kafé på torget"),
        ("Ga\u0308vle", "Gävle"),
        ("ga\x00\u0308vle", "gävle"),
        ("halv \ud800 tecken", "halv tecken"),
    ],
    ids=["control", "escape", "breaks", "empty lines", "spaces", "NFC", "a mark behind a control", "lone surrogate"],
)
def test_what_nobody_can_see_is_taken_away(written: str, kept: str) -> None:
    assert readable(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        "En park för alla 🌳🏳️‍🌈 i Bomhus",
        "👩🏽‍🌾 odlar",
        "أريد فتح مقهى للغات",
        "שלום \u200fעולם\u200e 1",
        "می\u200cخواهم",
        "x < y och y > z",
        "Skriv <p> i koden",
        "a & b &amp; c",
    ],
    ids=["emoji and joiners", "skin tones", "arabic", "direction marks", "persian joiner", "less than", "a tag", "and"],
)
def test_what_belongs_to_the_text_is_kept(text: str) -> None:
    assert readable(text) == text


def test_a_pasted_page_becomes_its_text() -> None:
    page = (
        "<!DOCTYPE html><html><head><style>p {color: red}</style><script>alert('x')</script></head><body>"
        "<h1>Lånegarage</h1><p>Låna verktyg &amp; träffas.</p><ul><li>Borr</li><li>Såg</li></ul></body></html>"
    )
    assert readable(page).split() == ["Lånegarage", "Låna", "verktyg", "&", "träffas.", "Borr", "Såg"]
    assert "Lånegarage\n" in readable(page)


@pytest.mark.timeout(3)
@pytest.mark.parametrize("mark", ["<p ", "<a", "<br", "<![", "<!--", "</", "&#9", "<p title='", "\u0301\u0316"])
def test_what_begins_and_never_ends_is_read_at_once(mark: str) -> None:
    text = f"<p><p><p>{mark * (2 * MOST // len(mark))}"[: 2 * MOST]
    assert len(readable(text)) <= len(text)


def test_a_page_with_a_section_that_no_browser_knows_is_read_anyway() -> None:
    assert "Ett kafé" in readable("<div><p>Ett kafé</p></div><p><![x[ något</p>")


@given(anything)
@example("a\x00\u0301")
@example("\u1100\x00\u1161")
def test_any_text_becomes_readable_and_stays_so(text: str) -> None:
    once = readable(text)
    if "<" not in once:  # a page written about in a page is a page again
        assert readable(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") and c not in "\n\t"]
    assert once == once.strip()
    assert "\n\n\n" not in once
    once.encode()


@given(st.lists(pieces, max_size=30).map("".join))
def test_no_markup_however_broken_stops_us(markup: str) -> None:
    assert has_words(markup) or not has_words(readable(markup)), "words out of nothing"


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=40))
def test_letters_are_never_lost(word: str) -> None:
    assert readable(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize("text", ["a", "木", "7", "🌳", "م"])
def test_one_letter_or_sign_is_something_to_read(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", "   \n", "...", "\u200d\u200e", "—!?"])
def test_dots_and_spaces_are_nothing_to_read(text: str) -> None:
    assert not has_words(readable(text))
