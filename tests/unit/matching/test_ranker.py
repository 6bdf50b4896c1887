"""Suggestions are open to the idea, best first; what must be solved first is said, and costs a little."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import services.matching.signals
from services.matching.domain.assessor import Assessor
from services.matching.domain.conditions import CODES as CONDITIONS
from services.matching.domain.idea_view import IdeaView
from services.matching.domain.reasons import CODES as REASONS
from shared.events.entry import Actor, AnyEntry, Challenge, Municipality, Places, Scheme
from shared.kernel.ids import MunicipalityCode
from shared.runtime.plugs import find

SIGNALS = find(services.matching.signals)
TEXTS = (
    "Jag vill öppna ett språkkafé där nyanlända och äldre kan träffas och öva svenska.",
    "Vi vill starta ett lånegarage med verktyg så att ingen behöver köpa nytt.",
    "Ungdomar i byn vill bygga en skatepark och sköta den själva.",
    "A community garden where neighbours grow food together.",
    "?",
)
shared_fixtures = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
codes = st.sampled_from(["2101", "2104", "2121", "2132", "2161", "2180", "2181", "2182", "2183", "2184"])
forms = st.sampled_from([None, "privatperson", "ideell-forening", "aktiebolag", "nobody-knows"])


@pytest.fixture(scope="module")
def assessor(gavleborg: Sequence[AnyEntry]) -> Assessor:
    return Assessor(gavleborg, SIGNALS)


def idea(text: str = TEXTS[0], code: str | None = None, form: str | None = None) -> IdeaView:
    return IdeaView(text, municipality=MunicipalityCode(code) if code else None, legal_form=form)


def test_the_real_pack_has_the_municipalities_that_are_tried_here(gavleborg: Sequence[AnyEntry]) -> None:
    assert len([e for e in gavleborg if isinstance(e, Municipality)]) == 10


@shared_fixtures
@given(text=st.sampled_from(TEXTS), code=codes, form=forms)
def test_what_works_elsewhere_or_is_closed_is_never_suggested(
    assessor: Assessor, gavleborg: Sequence[AnyEntry], text: str, code: str, form: str | None
) -> None:
    known = {(e.kind, e.id): e for e in gavleborg}
    opinion = assessor.assess(idea(text, code, form))
    for match in (*opinion.actors, *opinion.schemes):
        entry = known[match.kind, match.entry_id]
        if isinstance(entry, Actor):
            assert entry.whole_county or code in entry.municipalities
        else:
            assert isinstance(entry, Scheme)
            assert entry.status != "stangd"
            assert entry.geography.scope != "kommuner" or code in entry.geography.municipalities


@shared_fixtures
@given(text=st.one_of(st.sampled_from(TEXTS), st.text(max_size=80)), code=st.one_of(st.none(), codes), form=forms)
def test_suggestions_are_at_most_ten_best_first_within_bounds_and_say_why_in_known_codes(
    assessor: Assessor, text: str, code: str | None, form: str | None
) -> None:
    opinion = assessor.assess(idea(text, code, form))
    for kind, matches in (("actor", opinion.actors), ("scheme", opinion.schemes)):
        scores = [m.score for m in matches]
        assert len(matches) <= 10
        assert len({m.entry_id for m in matches}) == len(matches)
        assert scores == sorted(scores, reverse=True)
        for match in matches:
            assert match.kind == kind
            assert 0 <= match.score <= 1
            assert {r.code for r in match.reasons} <= set(REASONS)
            assert {r.code for r in match.missing} <= set(CONDITIONS)


@pytest.mark.parametrize("text", TEXTS)
def test_the_order_in_which_entries_became_known_changes_nothing(
    assessor: Assessor, gavleborg: Sequence[AnyEntry], text: str
) -> None:
    mixed = list(gavleborg)
    random.Random(7).shuffle(mixed)
    assert Assessor(mixed, SIGNALS).assess(idea(text, "2180")) == assessor.assess(idea(text, "2180"))


def twins(entry: AnyEntry, **conditions: object) -> tuple[AnyEntry, AnyEntry]:
    """The same entry twice: "b-free" as it is, "a-tied" with more to solve first. By id alone the tied one would win."""
    return entry.model_copy(update={"id": "b-free"}), entry.model_copy(update={"id": "a-tied", **conditions})


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        ({"requires": ("projektplan",)}, "requires"),
        ({"own_share_pct": 30}, "own_share"),
        ({"route": "via-kommun"}, "via"),
        ({"status": "okand"}, "status_unknown"),
        ({"eligible_forms": ("ideell-forening",)}, "needs_legal_form"),
        ({"idea_stages": ("drift",)}, "wrong_stage"),
        ({"places": Places(only=("Åsen",))}, "ask_about_place"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_must_be_solved_first_stays_and_stands_below(
    liten: Sequence[AnyEntry], conditions: dict[str, object], code: str
) -> None:
    scheme = next(e for e in liten if isinstance(e, Scheme))
    plain = {
        "requires": (), "own_share_pct": None, "route": "direkt", "status": "oppen", "eligible_forms": ("privatperson",),
        "idea_stages": ("ide",), "places": None,
    }  # fmt: skip
    free, tied = twins(scheme.model_copy(update=plain), **conditions)
    rest = [e for e in liten if not isinstance(e, Scheme)]
    opinion = Assessor([*rest, free, tied], SIGNALS).assess(idea(code="9901"))
    assert [m.entry_id for m in opinion.schemes] == ["b-free", "a-tied"]
    assert [[r.code for r in m.missing] for m in opinion.schemes] == [[], [code]]


def alone(liten: Sequence[AnyEntry], *actors: AnyEntry) -> list[AnyEntry]:
    """The tiny directory with these actors and no others."""
    return [*(e for e in liten if not isinstance(e, Actor)), *actors]


def test_an_actor_that_comes_in_later_stands_below_its_twin_by_more_than_a_trifle(liten: Sequence[AnyEntry]) -> None:
    door = {"org_type": "kommun", "municipalities": ("9901",), "places": None, "idea_stages": ("ide",)}
    actor = next(e for e in liten if isinstance(e, Actor)).model_copy(update=door)
    free, tied = twins(actor, idea_stages=("pilot",))
    first, second = Assessor(alone(liten, free, tied), SIGNALS).assess(idea(code="9901")).actors
    assert (first.entry_id, second.entry_id) == ("b-free", "a-tied")
    assert second.score < 0.9 * first.score


@pytest.mark.parametrize("text", TEXTS[:4])
def test_words_alone_lift_nobody_above_one_who_works_with_what_the_idea_is_about(
    assessor: Assessor, gavleborg: Sequence[AnyEntry], text: str
) -> None:
    """The same actor twice: one works with what we tell that the idea is about, the other says the idea's very words."""
    about = [label.challenge for label in assessor.look(idea(text)).labels]
    other = [e.id for e in gavleborg if isinstance(e, Challenge) and e.id not in about]
    whole = next(e for e in gavleborg if isinstance(e, Actor) and e.whole_county and "ide" in e.idea_stages)
    works = whole.model_copy(update={"id": "b-works", "challenges": (*about, *other)})
    echoes = whole.model_copy(update={"id": "a-echoes", "challenges": tuple(other), "description": text})
    found = Assessor([*gavleborg, works, echoes], SIGNALS).actors.rank(assessor.look(idea(text)))
    listed = [m.entry_id for m in found if m.entry_id in ("b-works", "a-echoes")]
    assert listed[:1] != ["a-echoes"]


@settings(shared_fixtures, max_examples=8)
@given(text=st.sampled_from(TEXTS), code=codes, place=st.integers(0, 9))
def test_nobody_falls_by_having_less_to_solve_first(
    assessor: Assessor, gavleborg: Sequence[AnyEntry], text: str, code: str, place: int
) -> None:
    before = assessor.assess(idea(text, code)).actors
    tied = [match for match in before if match.missing]
    if not tied:
        return
    match = tied[place % len(tied)]
    eased = {"idea_stages": ("ide",), "places": None}
    freed = [e.model_copy(update=eased) if (e.kind, e.id) == ("actor", match.entry_id) else e for e in gavleborg]
    after = Assessor(freed, SIGNALS).assess(idea(text, code)).actors
    score = {m.entry_id: m.score for m in after}
    assert score[match.entry_id] > match.score or match.score == 0


def test_a_closed_scheme_disappears_from_the_tiny_pack(liten: Sequence[AnyEntry]) -> None:
    closed = [e.model_copy(update={"status": "stangd"}) if isinstance(e, Scheme) else e for e in liten]
    assert Assessor(liten, SIGNALS).assess(idea(code="9901")).schemes
    assert Assessor(closed, SIGNALS).assess(idea(code="9901")).schemes == ()


def test_the_tiny_pack_is_enough(liten: Sequence[AnyEntry]) -> None:
    opinion = Assessor(liten, SIGNALS).assess(idea("Vi vill ha ett kafé i Norra Viken där alla kan träffas varje dag."))
    assert opinion.municipalities == ("9901",)
    assert opinion.actors


def test_a_directory_without_anybody_to_ask_suggests_nobody(liten: Sequence[AnyEntry]) -> None:
    empty = [e for e in liten if not isinstance(e, Actor | Scheme)]
    opinion = Assessor(empty, SIGNALS).assess(idea(code="9901"))
    assert (opinion.actors, opinion.schemes) == ((), ())


def test_an_entry_that_says_nothing_of_itself_does_not_stop_the_others(liten: Sequence[AnyEntry]) -> None:
    mute = {"name": "–", "description": "", "description_en": ""}
    quiet = [e.model_copy(update=mute) if isinstance(e, Actor) else e for e in liten]
    assert Assessor(quiet, SIGNALS).assess(idea(code="9901")).actors
