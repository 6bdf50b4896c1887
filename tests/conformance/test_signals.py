"""Whatever file is put into `services/matching/signals` keeps what the ranker relies on."""

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import services.matching.signals
from services.directory.sources import pack
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.signal import Offer
from shared.events.entry import Actor, AnyEntry, Challenge, Municipality, Scheme
from shared.kernel.ids import MunicipalityCode
from shared.runtime.plugs import find

ROOT = Path(__file__).parents[2]
SIGNALS = find(services.matching.signals)
KNOWN: Sequence[AnyEntry] = [read.entry for read in pack.read(ROOT / "data" / "gavleborg")]
ACTORS = [e for e in KNOWN if isinstance(e, Actor)]
SCHEMES = [e for e in KNOWN if isinstance(e, Scheme)]
PREPARED = {
    (s.signal.name, kind): s.prepare(offers, KNOWN)
    for s in SIGNALS
    for kind, offers in (("actor", ACTORS), ("scheme", SCHEMES))
}

every_signal = pytest.mark.parametrize("plug", SIGNALS, ids=lambda s: s.signal.name)
both_kinds = pytest.mark.parametrize(
    ("kind", "offers"), [("actor", ACTORS), ("scheme", SCHEMES)], ids=["actors", "schemes"]
)
ideas = st.builds(
    IdeaView,
    text=st.one_of(st.text(max_size=80), st.just("Ett språkkafé på biblioteket i Gävle")),
    confidences=st.dictionaries(st.sampled_from([e.id for e in KNOWN if isinstance(e, Challenge)]), st.floats(0, 1)),
    municipalities=st.lists(
        st.sampled_from([MunicipalityCode(e.id) for e in KNOWN if isinstance(e, Municipality)]), max_size=3, unique=True
    ).map(tuple),
)


def test_each_signal_has_a_name_of_its_own_that_is_its_files() -> None:
    names = [s.signal.name for s in SIGNALS]
    assert len(set(names)) == len(names) > 0
    assert [s.__name__.rpartition(".")[2] for s in SIGNALS] == names


@every_signal
def test_a_range_goes_from_less_to_more(plug: ModuleType) -> None:
    least, most = plug.signal.range
    assert least < most


@both_kinds
@every_signal
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(idea=ideas)
def test_scores_are_one_an_entry_finite_within_range_and_the_same_again(
    plug: ModuleType, kind: str, offers: Sequence[Offer], idea: IdeaView
) -> None:
    score = PREPARED[plug.signal.name, kind]
    found = score(idea)
    least, most = plug.signal.range
    assert found.shape == (len(offers),)
    assert np.isfinite(found).all()
    assert (found >= least).all()
    assert (found <= most).all()
    assert np.array_equal(found, score(idea)), "an idea scored twice is scored the same"


@both_kinds
@every_signal
def test_preparing_anew_gives_the_same_scores(plug: ModuleType, kind: str, offers: Sequence[Offer]) -> None:
    idea = IdeaView("Ett språkkafé på biblioteket", confidences={"x": 0.5}, municipalities=(MunicipalityCode("2180"),))
    assert np.array_equal(plug.prepare(offers, KNOWN)(idea), PREPARED[plug.signal.name, kind](idea))


@every_signal
@pytest.mark.parametrize("known", [KNOWN, ()], ids=["a directory", "an empty directory"])
def test_no_entries_have_no_scores(plug: ModuleType, known: Sequence[AnyEntry]) -> None:
    sure = {e.id: 0.5 for e in KNOWN if isinstance(e, Challenge)}
    idea = IdeaView("Ett kafé", confidences=sure, municipalities=(MunicipalityCode("2180"),))
    assert plug.prepare([], known)(idea).shape == (0,)


@every_signal
def test_one_entry_alone_is_scored(plug: ModuleType) -> None:
    assert plug.prepare(ACTORS[:1], ())(IdeaView("")).shape == (1,)
