"""A clean pack becomes entries: public fields to everybody, notes to operators, words for every code."""

from collections import Counter
from pathlib import Path

import pytest

from services.directory.sources.pack import check, read, read_samples
from tests.unit.directory.conftest import LITTLE

OURS = Path(__file__).parents[3] / "data" / "gavleborg"


@pytest.mark.parametrize("folder", [OURS, LITTLE], ids=lambda folder: folder.name)
def test_our_packs_are_clean(folder):
    assert check(folder) == ()


def test_the_whole_region_is_read_and_every_key_is_there_once():
    entries = read(OURS)
    kinds = Counter(given.entry.kind for given in entries)
    assert {kind: kinds[kind] for kind in ("actor", "scheme", "challenge", "municipality", "method", "example")} == {
        "actor": 61,
        "scheme": 65,
        "challenge": 14,
        "municipality": 10,
        "method": 18,
        "example": 27,
    }
    assert kinds["county"] == 1
    assert len({given.key for given in entries}) == len(entries)


def test_notes_to_operators_are_kept_apart_from_what_is_published():
    found = {given.key: given for given in read(LITTLE)}
    cook, place = found["actor:matlaget"], found["municipality:9901"]
    assert cook.notes == {"editor_note": "påhittat"}
    assert "påhittat" not in cook.entry.model_dump_json()
    assert place.notes["population_latest"] == {"value": 415, "date": "2026-09-30", "source": []}
    assert place.notes["unverified_fields"] == ["localities"]


def test_a_schemes_kind_in_the_pack_is_its_form_on_the_wire():
    (scheme,) = (given.entry for given in read(LITTLE) if given.entry.kind == "scheme")
    assert (scheme.kind, scheme.form) == ("scheme", "bidrag")


def test_the_county_carries_the_names_that_need_care():
    (county,) = (given.entry for given in read(OURS) if given.entry.kind == "county")
    assert {area.id for area in county.areas} == {"gastrikland", "halsingland", "halsingekusten", "halsinglands-inland"}
    assert "Skog" in county.ambiguous_localities


@pytest.mark.parametrize("folder", [OURS, LITTLE], ids=lambda folder: folder.name)
def test_every_code_that_an_entry_uses_has_words(folder):
    lists = {
        "form": "kinds", "status": "statuses", "paid": "paid_codes", "route": "routes", "requires": "requirements",
        "eligible_forms": "eligible_forms", "support_types": "support_types", "idea_stages": "idea_stages",
        "stage": "idea_stages", "org_type": "org_types", "target_groups": "target_groups",
        "contact_channel": "contact_channels",
    }  # fmt: skip
    entries = read(folder)
    words = {given.entry.id for given in entries if given.entry.kind == "term"}
    for given in entries:
        for field, value in given.entry:
            for code in (value if isinstance(value, tuple) else (value,)) if field in lists else ():
                assert f"{lists[field]}:{code}" in words


def test_samples_have_consent_and_evaluation_is_told_to_leave_them_out():
    samples = read_samples(OURS)
    assert len(samples.ideas) == len(samples.evaluation_leaves_out) == 12
    assert all(idea.may_share for idea in samples.ideas)
    assert samples.demo_addresses.format(actor_id="matlaget") == "matlaget@partner.example"
