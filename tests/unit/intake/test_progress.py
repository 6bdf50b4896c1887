"""A holder sees where the idea stands, by the newest that was said of each who was asked."""

from datetime import UTC, date, datetime

import pytest

from services.intake.domain.progress import Progress, Step
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.ids import IdeaId

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CLASSIFIED = IdeaClassified(
    idea_id=IdeaId("i"), sequence=1, at=NOW, labels=(), abstained=False, abstained_why=None, municipalities=(),
    place_certain=False, model="test",
)  # fmt: skip
MATCHED = IdeaMatched(idea_id=IdeaId("i"), sequence=1, at=NOW, actors=(), schemes=())


def progress(*told: str) -> Progress:
    """From lines such as "a requested": who and what, in order."""
    steps = [line.split() for line in told]
    return Progress(
        CLASSIFIED, MATCHED, tuple(Step(n, kind, NOW, who, who, who.upper()) for n, (who, kind) in enumerate(steps, 1))
    )


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([], "matched"),
        (["a drafted"], "matched"),
        (["a drafted", "a requested"], "asked"),
        (["a requested", "a accepted"], "accepted"),
        (["a requested", "a rejected"], "matched"),
        (["a requested", "a rejected", "b requested"], "asked"),
        (["a requested", "a accepted", "a reopened"], "asked"),
        (["a requested", "a rejected", "b requested", "a reopened", "b cancelled"], "asked"),
        (["a requested", "a accepted", "a cancelled"], "matched"),
        (["a requested", "a accepted", "b drafted"], "accepted"),
    ],
    ids=" then ".join,
)
def test_where_it_stands(told: list[str], status: str) -> None:
    assert progress(*told).status == status


def test_before_anybody_was_found() -> None:
    assert Progress().status == "received"
    assert Progress(CLASSIFIED).status == "classified"


def test_who_is_asked_is_who_has_not_answered() -> None:
    asked = progress("a requested", "a rejected", "b requested").asked
    assert asked is not None
    assert asked.actor_name == "B"


def test_a_yes_that_was_undone_is_no_yes() -> None:
    assert progress("a requested", "a accepted", "a reopened").accepted is None


def test_steps_give_days_and_lists_of_what_they_told() -> None:
    step = Step(1, "requested", NOW, "r", "a", "A", {"due": "2026-03-16", "disclosed": ["text", "place"]})
    assert step.day("due") == date(2026, 3, 16)
    assert step.texts("disclosed") == ("text", "place")


def test_what_a_step_did_not_tell_is_nothing() -> None:
    step = Step(1, "drafted", NOW, "r", "a", "A", {"due": None, "disclosed": "text"})
    assert step.day("due") is None
    assert step.day("contact_by") is None
    assert step.texts("disclosed") == ()


def test_a_draft_that_was_taken_back_is_not_told() -> None:
    told = progress("a requested", "b drafted", "a rejected", "b cancelled", "c drafted", "c requested", "c cancelled")
    assert [(s.actor_id, s.kind) for s in told.shown if s.kind == "cancelled"] == [("c", "cancelled")]
