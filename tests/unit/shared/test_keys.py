"""Secrets are derived, never stored: the same again, different for everybody, readable aloud."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.keys import Keyring, fingerprint

RING = Keyring(b"a secret of this platform")


def test_two_purposes_never_share_a_key() -> None:
    assert RING.key("holder-page") != RING.key("session")
    assert len(RING.key("session")) == 32


def test_another_platform_has_other_keys() -> None:
    assert Keyring(b"another").key("session") != RING.key("session")
    assert Keyring(b"another").holder_secret("i") != RING.holder_secret("i")


@given(st.text(max_size=40))
def test_a_holders_secret_is_the_same_again_and_can_be_read_aloud(idea_id: str) -> None:
    secret = RING.holder_secret(idea_id)
    assert secret == RING.holder_secret(idea_id)
    assert re.fullmatch("[2-9a-hjkmnp-tv-z]{4}(-[2-9a-hjkmnp-tv-z]{4}){3}", secret)


def test_each_idea_has_a_secret_of_its_own() -> None:
    assert len({RING.holder_secret(str(n)) for n in range(1000)}) == 1000


def test_every_letter_is_used() -> None:
    used = set("".join(RING.holder_secret(str(n)) for n in range(200))) - {"-"}
    assert len(used) == 30


@pytest.mark.parametrize(
    "typed", ["r7kq-9m2p-x4wd-8hjt", "R7KQ 9M2P X4WD 8HJT", "r7kq9m2px4wd8hjt", " r7kq–9m2p x4wd-8hjt\n"]
)
def test_how_a_secret_is_typed_does_not_matter(typed: str) -> None:
    assert fingerprint(typed) == fingerprint("r7kq-9m2p-x4wd-8hjt")


def test_what_is_stored_does_not_give_the_secret_away() -> None:
    stored = fingerprint("r7kq-9m2p-x4wd-8hjt")
    assert re.fullmatch("[0-9a-f]{64}", stored)
    assert stored != fingerprint("r7kq-9m2p-x4wd-8hjv")
