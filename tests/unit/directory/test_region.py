"""Which region it is comes from the pack alone, and nobody is sent to a door that is closed."""

import pytest

from shared.kernel.defects import PackRefused
from shared.web.region import read_region
from tests.unit.directory.conftest import LITTLE
from tests.unit.directory.test_reading_a_pack import OURS


def test_two_packs_are_two_places():
    ours, theirs = read_region(OURS), read_region(LITTLE)
    assert (ours.name, ours.sender.address) == ("Gör’t tillsammans", "ide@gort.example")
    assert (theirs.name, theirs.sender.address) == ("Lillåsa hjälps åt", "hej@lillasa.example")
    assert ours.mark != theirs.mark and theirs.colours["--forest"].dark == "#a9c1f2"


def test_only_ways_that_work_are_ways_in():
    assert read_region(OURS).ways_in == ()
    assert [way.kind for way in read_region(LITTLE).ways_in] == ["visit"]


def test_help_in_danger_is_told_from_somebody_to_talk_to():
    ours = read_region(OURS)
    assert [number.tel for number in ours.help if number.when == "danger"] == ["112"]
    assert "020-50 50 50" in [number.number for number in ours.help if number.when == "talk"]


@pytest.mark.parametrize(("language", "words"), [("sv", "När du vill prata"), ("en", "When you want to talk")])
def test_words_are_read_in_the_readers_language(language, words):
    assert read_region(LITTLE).help[1].what_for.read_in(language) == words


def test_a_region_that_does_not_hold_is_refused_with_every_defect(pack):
    pack.edit("region", lambda held: held.update(sender={"name": "x", "address": "nobody"}, mark="inget.svg"))
    with pytest.raises(PackRefused) as refused:
        read_region(pack.folder)
    assert [defect.field for defect in refused.value.defects] == ["mark", "sender.address"]
