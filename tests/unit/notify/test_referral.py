"""A referral only ever takes legal steps, and somebody always owns the next one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.notify.domain.referral import FHIR, LEGAL, OPEN, REASONS, UNDO, Change, Referral, State, from_fhir
from shared.kernel.errors import Conflict
from shared.kernel.ids import ActorId, IdeaId, ReferralId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE = date(2026, 3, 16)
FINAL = frozenset(State) - OPEN


def draft() -> Referral:
    return Referral(ReferralId("r"), IdeaId("i"), ActorId("a"), State.DRAFT, "operator", DUE, NOW, NOW, "confirm")


def asked() -> Referral:
    return draft().request(DUE, NOW, "olle")[0]


def refusal(error: pytest.ExceptionInfo[Conflict]) -> tuple[str, object]:
    return error.value.code, error.value.params.get("legal")


class Walk(RuleBasedStateMachine):
    """Anybody tries anything, at any time."""

    @initialize()
    def begin(self) -> None:
        self.now, self.referral, self.asks, self.trail = NOW, draft(), 0, [State.DRAFT]

    def attempt(self, step) -> None:
        before = self.referral
        try:
            self.referral, change = step()
        except Conflict:
            assert self.referral is before
            return
        assert self.referral.state in LEGAL[before.state]
        assert change.before is before.state
        assert change.after is self.referral.state
        assert change.at == self.now == self.referral.changed_at
        self.trail.append(self.referral.state)

    @rule(minutes=st.integers(0, 90))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def ask(self) -> None:
        before = self.referral.round
        self.attempt(lambda: self.referral.request(DUE, self.now, "olle"))
        self.asks += self.referral.round - before

    @rule()
    def accept(self) -> None:
        self.attempt(lambda: self.referral.accept("Karin", DUE, self.now))

    @rule(reason=st.sampled_from([*REASONS, "", "because"]))
    def reject(self, reason: str) -> None:
        self.attempt(lambda: self.referral.reject("Karin", reason, "tyvärr", self.now))

    @rule()
    def undo(self) -> None:
        before = self.referral
        self.attempt(lambda: self.referral.undo(DUE, self.now, "Karin"))
        if self.referral is not before:
            assert before.state in (State.ACCEPTED, State.REJECTED)
            assert self.now - before.changed_at <= UNDO

    @rule()
    def cancel(self) -> None:
        self.attempt(lambda: self.referral.cancel(self.now, "olle", "operator"))

    @invariant()
    def an_open_one_has_an_owner_and_a_due_day(self) -> None:
        if self.referral.state in OPEN:
            assert self.referral.owner in ("operator", "partner")
            assert isinstance(self.referral.due, date)

    @invariant()
    def a_final_one_waits_for_nobody(self) -> None:
        if self.referral.state in FINAL:
            assert self.referral.owner == ""

    @invariant()
    def rounds_count_asks(self) -> None:
        assert self.referral.round == self.asks
        assert (self.referral.asked_at is None) == (self.asks == 0)

    @invariant()
    def nobody_answers_what_was_not_asked(self) -> None:
        answered = [s for s in self.trail if s in (State.ACCEPTED, State.REJECTED)]
        assert not answered or State.REQUESTED in self.trail[: self.trail.index(answered[0])]


TestAnyWalk = Walk.TestCase


@given(st.sampled_from(State), st.sampled_from(State))
def test_an_illegal_step_is_refused_and_the_legal_ones_are_listed(before: State, after: State) -> None:
    referral = Referral(ReferralId("r"), IdeaId("i"), ActorId("a"), before, "operator", DUE, NOW, NOW)
    if after in LEGAL[before]:
        moved, change = referral.to(after, NOW, "olle")
        assert (moved.state, change) == (after, Change(NOW, "olle", before, after))
        return
    with pytest.raises(Conflict) as error:
        referral.to(after, NOW, "olle")
    assert refusal(error) == ("illegal_transition", ",".join(sorted(LEGAL[before])) or "-")
    assert error.value.params["state"] == str(before)


def test_every_state_says_where_it_may_go() -> None:
    assert set(LEGAL) == set(State)
    assert LEGAL[State.CANCELLED] == frozenset()


@given(st.sampled_from(State))
def test_a_state_survives_the_journey_through_fhir(state: State) -> None:
    assert from_fhir(FHIR[state]) is state


def test_fhir_codes_are_those_of_task_status() -> None:
    task_status = {"draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress"}
    assert set(FHIR) == set(State)
    assert set(FHIR.values()) <= task_status


def test_a_fhir_code_that_we_do_not_use_is_refused() -> None:
    with pytest.raises(ValueError, match="on-hold"):
        from_fhir("on-hold")


@pytest.mark.parametrize("minutes", [0, 59, 60])
def test_an_answer_can_be_taken_back_within_the_hour(minutes: int) -> None:
    yes, _ = asked().accept("Karin", DUE, NOW)
    again, change = yes.undo(DUE, NOW + timedelta(minutes=minutes), "Karin")
    assert (again.state, again.owner, again.answered_by, again.round) == (State.REQUESTED, "partner", "", 1)
    assert change.why == "undone"


def test_after_the_hour_an_answer_stands() -> None:
    no, _ = asked().reject("Karin", "no_capacity", "", NOW)
    with pytest.raises(Conflict) as error:
        no.undo(DUE, NOW + timedelta(minutes=60, seconds=1), "Karin")
    assert error.value.code == "too_late_to_undo"


def test_a_draft_has_no_answer_to_undo() -> None:
    with pytest.raises(Conflict):
        draft().undo(DUE, NOW, "Karin")


def test_who_has_answered_is_not_asked_again_by_a_second_click_on_send() -> None:
    yes, _ = asked().accept("Karin", DUE, NOW)
    with pytest.raises(Conflict) as error:
        yes.request(DUE, NOW, "olle")
    assert error.value.code == "illegal_transition"


def test_a_taken_back_answer_leaves_no_trace_of_its_reason() -> None:
    no, _ = asked().reject("Karin", "other", "vi har flyttat", NOW)
    again, _ = no.undo(DUE, NOW, "Karin")
    assert (again.reason, again.words, again.answered_by) == ("", "", "")


def test_a_no_without_a_known_reason_is_refused() -> None:
    with pytest.raises(Conflict) as error:
        asked().reject("Karin", "", "", NOW)
    assert error.value.code == "reason_missing"


def test_words_with_a_no_are_kept_to_a_thousand() -> None:
    no, _ = asked().reject("Karin", "other", "x" * 3000, NOW)
    assert len(no.words) == 1000


@pytest.mark.parametrize(
    ("referral", "is_late"),
    [(draft(), False), (asked(), True), (asked().reject("K", "other", "", NOW)[0], False)],
    ids=["a draft", "asked", "rejected"],
)
def test_only_who_has_promised_something_can_be_late(referral: Referral, is_late: bool) -> None:
    assert referral.late(DUE + timedelta(days=1)) is is_late
    assert not referral.late(DUE)
