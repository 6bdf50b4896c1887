"""Matching stays as good as it was measured to be, and its numbers are those that the fit finds. Slack for new entries."""

from collections.abc import Mapping, Sequence

import pytest

from services.directory.sources.pack import read
from services.matching.domain.assessor import Assessor, Opinion
from services.matching.domain.fitted import FITTED
from shared.events.entry import AnyEntry
from tests.eval.fitting import PACK, SIGNALS, fit
from tests.eval.measures import abstaining, labelling, placing, ranking, wrongly_listed
from tests.eval.rows import SAMPLES, Row, rows


@pytest.fixture(scope="module")
def entries() -> Sequence[AnyEntry]:
    return [pack_entry.entry for pack_entry in read(PACK)]


@pytest.fixture(scope="module")
def judged() -> Sequence[Row]:
    return rows()


@pytest.fixture(scope="module")
def opinions(entries: Sequence[AnyEntry], judged: Sequence[Row]) -> Mapping[str, Opinion]:
    assessor = Assessor(entries, SIGNALS)
    return {row.id: assessor.assess(row.idea) for row in judged}


def test_the_sample_ideas_are_left_out(judged: Sequence[Row]) -> None:
    assert SAMPLES.exists()
    assert len(judged) == 96 - 12


def test_lists_are_as_good_as_measured(judged: Sequence[Row], opinions: Mapping[str, Opinion]) -> None:
    found = ranking(judged, opinions)
    assert found["actors nDCG@10"] > 0.66
    assert found["funding nDCG@10"] > 0.55


def test_labels_and_places_are_as_good_as_measured(judged: Sequence[Row], opinions: Mapping[str, Opinion]) -> None:
    assert labelling(judged, opinions)["first label is any, when sure"] > 0.74
    assert placing(judged, opinions)["first is right, when one is said"] > 0.97


def test_danger_and_rubbish_are_held_back_and_few_ideas_with_them(
    judged: Sequence[Row], opinions: Mapping[str, Opinion]
) -> None:
    held = abstaining(judged, opinions)
    assert held["acute, as acute"] == held["reject"] == 1
    assert held["called acute in vain"] == 0
    assert held["in vain, Swedish and English"] < 0.06


def test_nothing_closed_or_elsewhere_is_listed(
    judged: Sequence[Row], opinions: Mapping[str, Opinion], entries: Sequence[AnyEntry]
) -> None:
    assert wrongly_listed(judged, opinions, entries) == 0


def test_the_stored_numbers_are_those_that_the_fit_finds(judged: Sequence[Row], entries: Sequence[AnyEntry]) -> None:
    found = fit(entries, judged)
    for stored, fresh in (
        (FITTED.labels, found.labels),
        (FITTED.actors, found.actors),
        (FITTED.schemes, found.schemes),
    ):
        assert fresh.weights == pytest.approx(dict(stored.weights), rel=0.1, abs=0.05)
        assert fresh.intercept == pytest.approx(stored.intercept, abs=0.1)
