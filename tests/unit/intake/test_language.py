"""Enough is known of the language to find somebody who reads it; where nobody could tell, it says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.language import language_of


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Jag vill att vi öppnar ett kafé där alla kan träffas och prata.", "sv"),
        ("We would like to open a café for all the people in the village.", "en"),
        ("Haluaisin avata kahvilan, joka on kaikille ja jossa voisi puhua suomea.", "fi"),
        ("Ich möchte ein Café für die Nachbarn öffnen, das ist nicht schwer.", "de"),
        ("Chcę otworzyć kawiarnię w naszej wsi i to jest dla każdego.", "pl"),
        ("Waxaan rabaa in aan furo maqaaxi oo waa meel lagu kulmo.", "so"),
        ("أريد أن أفتح مقهى لتعلم اللغات", "ar"),
        ("Я хочу открыть кафе для всех жителей", "ru"),
        ("Я хочу відкрити кав'ярню для всіх мешканців і їхніх дітей", "uk"),
        ("Θέλω να ανοίξω ένα καφέ", "el"),
        ("ฉันอยากเปิดร้านกาแฟ", "th"),
        ("ካፌ መክፈት እፈልጋለሁ", "am"),
    ],
)
def test_a_sentence_is_known_by_its_language(text: str, tag: str) -> None:
    assert language_of(text) == tag


@pytest.mark.parametrize("text", ["", "🌳🌳", "Kafé", "12345", "木の店"])
def test_what_nobody_could_tell_is_undetermined(text: str) -> None:
    assert language_of(text) == "und"


def test_a_name_in_another_script_does_not_change_the_language() -> None:
    assert language_of("Jag heter Аня och vill att vi öppnar ett kafé där alla kan prata med varandra.") == "sv"


@given(st.text(max_size=300))
def test_any_text_has_a_tag(text: str) -> None:
    assert 2 <= len(language_of(text)) <= 3
