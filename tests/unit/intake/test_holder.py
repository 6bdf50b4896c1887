"""A holder says how to be reached, and is asked to correct what could not work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.holder import WAYS, Holder, sorted_contact
from shared.kernel.errors import Refused


def reached(reach="none", name=None, email=None, phone=None) -> Holder:
    return Holder.reached(reach, name, email, phone, "sv")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reach": "mail"}, "email_missing"),
        ({"reach": "mail", "email": "   "}, "email_missing"),
        ({"reach": "mail", "phone": "070-1740605"}, "email_missing"),
        ({"reach": "call"}, "phone_missing"),
        ({"reach": "call", "email": "asa@byn.example"}, "phone_missing"),
        ({"email": "asa@byn"}, "email_malformed"),
        ({"email": "asa byn.example"}, "email_malformed"),
        ({"email": "a@b.example, c@d.example"}, "email_malformed"),
        ({"email": "Åsa <asa@byn.example>"}, "email_malformed"),
        ({"email": "åsa@byn.example"}, "email_malformed"),  # few servers take it, and ours cannot send it
        ({"email": "a" * 250 + "@byn.example"}, "email_malformed"),
        ({"phone": "112"}, "phone_malformed"),
        ({"phone": "1" * 16}, "phone_malformed"),
        ({"name": "Å" * 121}, "line_too_long"),
        ({"phone": "070-174 06 05" + " " * 40 + "1"}, "line_too_long"),
        ({"name": "Åsa\r\nBcc: alla@byn.example"}, "line_break"),
        ({"name": "Åsa\u2028Ek"}, "line_break"),
        ({"name": "Åsa\x0bEk"}, "line_break"),
    ],
)
def test_what_could_not_work_is_refused_by_name(said: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as error:
        reached(**said)
    assert error.value.code == code
    assert error.value.field in ("contact", "name")


def test_nobody_has_to_say_anything() -> None:
    assert not reached().said_anything
    assert not reached(name="  ", email="", phone=" ").said_anything


@pytest.mark.parametrize("said", [{"name": "Åsa"}, {"email": "asa@byn.example"}, {"phone": "070-174 06 05"}])
def test_anything_said_is_something_to_pass_on(said: dict[str, str]) -> None:
    assert reached(**said).said_anything


def test_what_was_said_is_kept_without_the_spaces_around_it() -> None:
    holder = reached("mail", " Åsa ", " asa@byn.example ", " 070-174 06 05 ")
    assert (holder.name, holder.email, holder.phone) == ("Åsa", "asa@byn.example", "070-174 06 05")


def test_half_a_character_in_a_name_is_left_out() -> None:
    assert reached(name="Åsa\ud800 Ek").name == "Åsa Ek"


@pytest.mark.parametrize(
    ("contact", "sorted_out"),
    [
        ("asa@byn.example", ("asa@byn.example", None)),
        (" 070-174 06 05 ", (None, "070-174 06 05")),
        ("070-174 06 05 asa@byn.example", ("asa@byn.example", "070-174 06 05")),
        ("asa@byn.example, +46 70 174 06 05", ("asa@byn.example", "+46 70 174 06 05")),
        ("Åsa asa@byn.example", ("Åsa asa@byn.example", None)),
        ("a@b.example c@d.example", ("a@b.example c@d.example", None)),
        ("", (None, None)),
        ("  ", (None, None)),
    ],
)
def test_one_field_takes_a_mail_or_a_phone(contact: str, sorted_out: tuple[str | None, str | None]) -> None:
    assert sorted_contact(contact) == sorted_out


texts = st.one_of(
    st.none(), st.text(st.characters(), max_size=40), st.just("asa@byn.example"), st.just("070-174 06 05")
)


@given(st.sampled_from(WAYS), texts, texts, texts)
def test_whoever_is_taken_in_can_be_reached_as_they_wish(reach, name, email, phone) -> None:
    try:
        holder = reached(reach, name, email, phone)
    except Refused:
        return
    assert holder.reach != "mail" or holder.email
    assert holder.reach != "call" or holder.phone
    for part in (holder.name, holder.email, holder.phone):
        assert part is None or not part.splitlines()[1:], "it may stand in the header of a mail"
        (part or "").encode()
