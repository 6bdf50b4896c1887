"""Tries are few, waits grow, and together they are over long before anybody is missed."""

from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.retry import Retry


def test_waits_double_up_to_the_longest() -> None:
    steady = Retry(attempts=8, first=0.1, factor=2, longest=1, jitter=0)
    assert [round(w, 3) for w in steady.waits()] == [0.1, 0.2, 0.4, 0.8, 1, 1, 1]


def test_one_attempt_never_waits() -> None:
    assert list(Retry(attempts=1).waits()) == []


def test_the_usual_retry_is_over_within_seconds() -> None:
    assert sum(Retry().waits()) < 10


@given(st.integers(1, 12), st.floats(0.001, 1), st.floats(1, 4), st.floats(0.001, 5), st.floats(0, 1))
def test_waits_are_one_fewer_than_attempts_and_within_bounds(attempts, first, factor, longest, jitter) -> None:
    waits = list(Retry(attempts, first, factor, longest, jitter).waits())
    assert len(waits) == attempts - 1
    assert all(0 <= w <= longest * (1 + jitter) for w in waits)


def test_two_replicas_do_not_wait_in_step() -> None:
    assert list(Retry().waits()) != list(Retry().waits())
