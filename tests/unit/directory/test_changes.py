"""Reading again says only what is new: nothing for the same, one event for a change, one for what has left."""

import random
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from services.directory.domain.changes import changes
from services.directory.domain.fingerprint import ORDERED, Fingerprint, digest
from services.directory.domain.pack_entry import PackEntry
from services.directory.sources.pack import read
from tests.unit.directory.conftest import LITTLE

ENTRIES = read(LITTLE)
keys = st.sampled_from(sorted(entry.key for entry in ENTRIES))


def stored(entries: tuple[PackEntry, ...]) -> dict[str, Fingerprint]:
    return {entry.key: Fingerprint.of(entry) for entry in entries}


def shuffled(held: Any, chance: random.Random, ordered: bool = False) -> Any:
    """The same said in another order: of keys, and of all lists but those whose order means something."""
    if isinstance(held, dict):
        items = [(key, shuffled(value, chance, key in ORDERED)) for key, value in held.items()]
        return dict(chance.sample(items, len(items)))
    if isinstance(held, list):
        items = [shuffled(item, chance) for item in held]
        return items if ordered else chance.sample(items, len(items))
    return held


@settings(deadline=None, max_examples=25)
@given(chance=st.randoms(use_true_random=False), flow=st.booleans(), width=st.integers(20, 200))
def test_a_reordered_or_reformatted_pack_says_nothing(chance, flow, width):
    with tempfile.TemporaryDirectory() as folder:
        again = Path(shutil.copytree(LITTLE, Path(folder) / "again"))
        for path in again.glob("*.yaml"):
            held = shuffled(yaml.safe_load(path.read_text("utf-8")), chance)
            path.write_text(yaml.safe_dump(held, default_flow_style=flow, width=width, sort_keys=False), "utf-8")
        assert not changes(stored(ENTRIES), read(again))


@given(key=keys, said=st.text(min_size=1))
def test_a_changed_entry_is_published_once_and_alone(key, said):
    now = tuple(_renamed(entry, said) if entry.key == key else entry for entry in ENTRIES)
    found = changes(stored(ENTRIES), now)
    assert [entry.key for entry in found.published] == [key]
    assert (found.noted, found.withdrawn) == ((), ())


@given(gone=st.sets(keys), new=st.sets(keys))
def test_what_has_left_is_withdrawn_once_and_what_came_is_published_once(gone, new):
    before = {key: known for key, known in stored(ENTRIES).items() if key not in new}
    now = tuple(entry for entry in ENTRIES if entry.key not in gone)
    found = changes(before, now)
    assert [entry.key for entry in found.published] == sorted(new - gone)
    assert found.withdrawn == tuple(sorted(gone - new))
    assert found.noted == ()


@given(key=keys)
def test_a_note_to_operators_is_stored_but_never_published(key):
    now = tuple(replace(e, notes={"editor_note": "ring först"}) if e.key == key else e for e in ENTRIES)
    found = changes(stored(ENTRIES), now)
    assert [entry.key for entry in found.noted] == [key]
    assert (found.published, found.withdrawn) == ((), ())
    assert found


def test_the_order_of_steps_means_something():
    assert digest({"steps": ["koka", "drick"]}) != digest({"steps": ["drick", "koka"]})
    assert digest({"challenges": ["a", "b"]}) == digest({"challenges": ["b", "a"]})


def _renamed(given: PackEntry, said: str) -> PackEntry:
    return replace(given, entry=given.entry.model_copy(update={"name": given.entry.name + said}))
