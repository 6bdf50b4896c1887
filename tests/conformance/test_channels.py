"""Whatever file is put into `services/intake/channels` reads what came into the same two things, and refuses the same."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import services.intake.channels
from services.intake.domain.holder import WAYS, Holder
from services.intake.domain.idea import Told
from shared.kernel.errors import Refused
from shared.runtime.plugs import find

CHANNELS = find(services.intake.channels)
every_channel = pytest.mark.parametrize("plug", CHANNELS, ids=lambda c: c.channel.name)
# What each door calls a mail address: the form has one field for both.
MAIL = {"email": "asa@byn.example", "contact": "asa@byn.example"}
FIELDS = ["text", "title", "place", "contact", "email", "phone", "reach", "name", "legal_form", "share", "language"]


def test_each_channel_has_a_name_of_its_own_that_is_its_files() -> None:
    names = [c.channel.name for c in CHANNELS]
    assert len(set(names)) == len(names) > 0
    assert [c.__name__.rpartition(".")[2] for c in CHANNELS] == names


@every_channel
def test_what_was_told_is_read_with_who_told_it(plug: ModuleType) -> None:
    told, holder = plug.told({"text": "Ett kafé", "place": "Byn", "name": "Åsa", "reach": "mail", **MAIL})
    assert isinstance(told, Told)
    assert isinstance(holder, Holder)
    assert (told.text, told.place) == ("Ett kafé", "Byn")
    assert (holder.name, holder.email, holder.reach) == ("Åsa", "asa@byn.example", "mail")


@every_channel
def test_an_idea_carries_the_name_of_the_door_that_it_came_through(plug: ModuleType) -> None:
    assert plug.told({"text": "Ett kafé"})[0].channel == plug.channel.name


@every_channel
def test_a_text_is_enough_and_nothing_is_shared_unasked(plug: ModuleType) -> None:
    told, holder = plug.told({"text": "Ett kafé"})
    assert told == Told("Ett kafé", channel=plug.channel.name)
    assert (holder, holder.said_anything) == (Holder(), False)


@every_channel
@pytest.mark.parametrize(("reach", "code"), [("mail", "email_missing"), ("call", "phone_missing")])
def test_a_wish_that_cannot_be_met_is_refused(plug: ModuleType, reach: str, code: str) -> None:
    with pytest.raises(Refused) as error:
        plug.told({"text": "Ett kafé", "reach": reach})
    assert (error.value.code, error.value.field) == (code, "contact")


@every_channel
def test_a_way_that_does_not_work_yet_is_no_way(plug: ModuleType) -> None:
    assert plug.told({"text": "Ett kafé", "reach": "pigeon"})[1].reach == "none"


@every_channel
@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_anything_is_taken_in_or_refused_with_a_code(plug: ModuleType, fields: dict[str, str]) -> None:
    try:
        told, holder = plug.told(fields)
    except Refused as refused:
        assert refused.code
        assert refused.field
    else:
        assert holder.reach in WAYS
        assert told.text == fields.get("text", "")
