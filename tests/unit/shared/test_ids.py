"""A code can be read over the phone and typed by somebody who heard it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.ids import new_code, new_id, tidy_code


def test_ids_are_thirty_two_hex_digits_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch("[0-9a-f]{32}", i) for i in ids)


def test_a_code_has_no_letter_that_is_mistaken_for_another() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) > 990
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{7}", c) for c in codes)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("g7k-4m2p", "G7K4M2P"), (" G7K 4M2P ", "G7K4M2P"), ("o0Il", "0011"), ("", ""), ("?!", "")],
)
def test_a_typed_code_is_made_comparable(typed: str, code: str) -> None:
    assert tidy_code(typed) == code


@given(st.integers(0, 7), st.sampled_from(["-", " ", ".", "–"]), st.booleans())
def test_every_code_survives_being_typed(at: int, sign: str, small: bool) -> None:
    code = new_code()
    typed = code[:at] + sign + code[at:]
    assert tidy_code(typed.lower() if small else typed) == code


@given(st.text(max_size=40))
def test_any_text_is_tidied_once_and_for_all(text: str) -> None:
    assert tidy_code(tidy_code(text)) == tidy_code(text)
