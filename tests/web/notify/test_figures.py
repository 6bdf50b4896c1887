"""What operators are told of lateness: whose turn it was, and that nothing is late before its day."""

from tests.web.notify.facts import a_matched_idea, contact
from tests.web.notify.house import House


def test_a_partner_who_lets_the_day_pass_is_counted_as_overdue(auto: House) -> None:
    auto.hear(*a_matched_idea(), contact())
    auto.deliver()
    assert auto.metric("gort_referrals_overdue", owner="partner") == 0
    auto.clock.forward(days=30)
    assert auto.metric("gort_referrals_overdue", owner="partner") == 1
    assert auto.metric("gort_referrals_overdue", owner="operator") == 0


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
