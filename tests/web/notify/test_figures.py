"""What operators are told of lateness: whose turn it was, and that nothing is late before its day."""

from pathlib import Path

import pytest

from services.notify.domain.notifier import How, Message, Outcome
from shared.events.link_requested import LinkRequested
from tests.web.notify.facts import IDEA, MONDAY, a_matched_idea, contact, received
from tests.web.notify.house import House, house
from tests.web.notify.test_carrying import plugged


def test_a_partner_who_lets_the_day_pass_is_counted_as_overdue(auto: House) -> None:
    auto.hear(*a_matched_idea(), contact())
    auto.deliver()
    assert auto.metric("gort_referrals_overdue", owner="partner") == 0
    auto.clock.forward(days=30)
    assert auto.metric("gort_referrals_overdue", owner="partner") == 1
    assert auto.metric("gort_referrals_overdue", owner="operator") == 0


def test_a_holder_who_waits_a_day_to_be_rung_is_counted_as_overdue(auto: House) -> None:
    auto.hear(received(), contact(reach="call", email=None), *a_matched_idea()[2:])
    auto.visitor().post(f"{auto.answer_link()}/ja", name="Karin")
    assert auto.metric("gort_referrals_overdue", owner="operator") == 0
    auto.clock.forward(hours=25)
    assert auto.metric("gort_referrals_overdue", owner="operator") == 1


def test_what_waits_while_paused_is_not_called_late(auto: House) -> None:
    operator = auto.operator()
    operator.post("/att-gora/paus", paused="yes")
    auto.hear(*a_matched_idea(), contact())
    auto.clock.forward(hours=2)
    assert auto.metric("gort_outgoing_paused") == 1
    assert auto.metric("gort_deliveries_waiting", state="due") > 0
    assert auto.metric("gort_deliveries_oldest_due_seconds") == 0
    operator.post("/att-gora/paus", paused="")
    assert auto.metric("gort_deliveries_oldest_due_seconds") >= 7200


def test_a_server_that_says_later_to_everybody_makes_the_messages_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def later(_: Message) -> Outcome:
        return Outcome(How.LATER, "smtp_451")

    plugged(monkeypatch, later)
    with house(tmp_path, NOTIFIER="pigeon") as here:
        here.hear(received(), contact())
        for _ in range(20):
            here.deliver()
            here.clock.forward(minutes=1)
        assert here.metric("gort_deliveries_oldest_due_seconds") == 20 * 60


def test_a_link_that_waited_for_its_reader_is_late_from_when_they_were_known(auto: House) -> None:
    auto.hear(received(), LinkRequested(idea_id=IDEA, sequence=2, at=MONDAY))  # type: ignore[arg-type]
    auto.clock.forward(days=2)
    assert auto.metric("gort_deliveries_oldest_due_seconds") == 0
    auto.hear(contact())
    auto.clock.forward(minutes=1)
    assert auto.metric("gort_deliveries_oldest_due_seconds") == 60
