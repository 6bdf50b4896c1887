"""Write down how a delivery went. One that is given up is told, and stands on the operators' list."""

from services.notify.commands.speak import next_sequence
from services.notify.domain.delivery import Delivery
from services.notify.domain.notifier import How, Outcome
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.delivery_failed import DeliveryFailed

NEEDLESS = frozenset({
    "withdrawn", "not_asked_any_more", "not_accepted_any_more", "not_undone_any_more", "never_asked", "never_told",
    "no_operator",
})  # fmt: skip


def record_outcome(delivery: Delivery, outcome: Outcome, work: Work, tools: Tools) -> None:
    now = tools.clock.now()
    if outcome.how is How.SENT:
        work.deliveries.put(delivery.sent(now))
        return
    if outcome.reason in NEEDLESS:
        work.deliveries.put(delivery.needless(outcome.reason))
        return
    after = delivery.doubtful() if outcome.how is How.UNSURE else delivery
    after = after.failed(outcome.reason) if outcome.how is How.FAILED else after.later(now, outcome.reason)
    work.deliveries.put(after)
    if after.state == "failed" and delivery.idea_id:
        work.say(
            DeliveryFailed(
                idea_id=delivery.idea_id,
                sequence=next_sequence(delivery.idea_id, work),
                at=now,
                delivery_id=delivery.delivery_id,
                purpose=delivery.purpose,
                reason=outcome.reason,
            )
        )
