"""A message is claimed, tried less and less often, and after a day a person must look."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.delivery import (
    FIRST_WAIT,
    LEASE,
    LONGEST_WAIT,
    RECORDED,
    TIMEOUT,
    TRIES,
    WRITTEN,
    Delivery,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def due() -> Delivery:
    return Delivery("lead-1-1", "lead", "partner", NOW, NOW)


def waits(count: int) -> list[timedelta]:
    """How long each of the first tries was put off, when all fail."""
    found, delivery = list[timedelta](), due()
    for _ in range(count):
        tried = delivery.due_at
        delivery = delivery.claimed(tried).later(tried, "server_silent")
        found.append(delivery.due_at - tried)
    return found


def test_a_claim_is_held_by_one_and_counted() -> None:
    claim = due().claimed(NOW)
    assert (claim.state, claim.claimed_at, claim.attempts, claim.unsure) == ("sending", NOW, 1, False)


def test_a_claim_taken_over_may_have_arrived_before() -> None:
    over = due().claimed(NOW).claimed(NOW + LEASE)
    assert (over.unsure, over.attempts, over.claimed_at) == (True, 2, NOW + LEASE)


def test_once_unsure_always_unsure() -> None:
    over = due().claimed(NOW).claimed(NOW + LEASE).later(NOW + LEASE, "server_silent")
    assert over.claimed(over.due_at).unsure


def test_a_try_that_had_an_outcome_leaves_no_doubt() -> None:
    again = due().claimed(NOW).later(NOW, "smtp_451")
    assert not again.claimed(again.due_at).unsure


def test_a_slow_server_answers_before_its_claim_is_taken_over() -> None:
    assert timedelta(seconds=WRITTEN + TIMEOUT + RECORDED) < LEASE


def test_waits_grow_up_to_the_longest() -> None:
    found = waits(30)
    assert found[0] == FIRST_WAIT
    assert found == sorted(found)
    assert found[1] == 2 * FIRST_WAIT
    assert set(found[12:]) == {LONGEST_WAIT}


def test_after_a_day_a_person_must_look() -> None:
    delivery, tried = due(), NOW
    while delivery.state != "failed":
        tried = delivery.due_at
        delivery = delivery.claimed(tried).later(tried, "server_silent")
        assert delivery.attempts < 100
    assert timedelta(hours=23) < tried - NOW < timedelta(hours=25)
    assert delivery.reason == "server_silent"


def test_what_was_sent_says_when_and_nothing_of_the_tries_before() -> None:
    sent = due().claimed(NOW).later(NOW, "smtp_451").claimed(NOW).sent(NOW + LEASE)
    assert (sent.state, sent.sent_at, sent.reason, sent.attempts) == ("sent", NOW + LEASE, "", 2)


@given(st.integers(1, TRIES - 1), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_until_then_it_is_always_tried_again_soon_enough_however_long_it_lay_paused(
    attempts: int, since: timedelta
) -> None:
    delivery = Delivery("d", "lead", "partner", NOW, NOW, state="sending", attempts=attempts)
    later = delivery.later(NOW + since, "server_silent")
    assert later.state == "due"
    assert FIRST_WAIT <= later.due_at - (NOW + since) <= LONGEST_WAIT
    assert later.delivery_id == delivery.delivery_id
