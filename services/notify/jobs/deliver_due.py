"""Send what is due. A claim is committed, the message goes out, the outcome is committed: never one transaction.

SMTP cannot be asked whether it has seen a message. A process that dies between the server's yes and the second commit
leaves a claim behind; after the lease it is sent again, with the same Message-ID, and counted. That window alone may
double a message, and it is one commit long.
"""

import asyncio
from collections.abc import Callable, Mapping

from services.notify.commands.record_outcome import record_outcome
from services.notify.domain.delivery import Delivery
from services.notify.domain.notifier import How, Message, Outcome, Send
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.letter import Letter, letter
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.logging import logger
from shared.telemetry.metrics import ServiceMeters

Write = Callable[[Letter], Message]


class Deliverer:
    """Sends one message at a time through the first notifier that this deployment has."""

    def __init__(
        self, store: Store[Work], senders: Mapping[str, Send], write: Write, tools: Tools, meters: ServiceMeters
    ) -> None:
        self._store, self._write, self._tools, self._meters = store, write, tools, meters
        self._name, self._send = next(iter(senders.items()))

    async def one(self) -> int:
        """Deliver the next message that is due; 0 when there is none, or everything is paused."""
        found = await asyncio.to_thread(self._claim)
        if found is None:
            return 0
        delivery, wanted = found
        if isinstance(wanted, str):
            outcome = Outcome(How.FAILED, wanted)
        else:
            outcome = await self._send(self._write(wanted))
        await asyncio.to_thread(self._record, delivery, outcome)
        return 1

    def _claim(self) -> tuple[Delivery, Letter | str] | None:
        now = self._tools.clock.now()
        with self._store.reading() as work:  # no lock is taken just to look
            if work.desk.paused() or work.deliveries.next(now) is None:
                return None
        with self._store.writing() as work:
            delivery = work.deliveries.next(now)
            if delivery is None:
                return None
            claimed = delivery.claimed(now)
            work.deliveries.put(claimed)
            wanted = letter(claimed, work, self._tools)
        if claimed.unsure:
            self._meters.count(metrics.DELIVERIES_UNSURE)
        return claimed, wanted

    def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        with self._store.writing() as work:
            record_outcome(delivery, outcome, work, self._tools)
        self._meters.count(metrics.DELIVERIES, notifier=self._name, outcome=outcome.how.value)
        if outcome.how is not How.SENT:
            logger("notify").warning(
                "delivery not made",
                delivery=delivery.delivery_id,
                idea=delivery.idea_id,
                notifier=self._name,
                reason=outcome.reason,
                attempt=delivery.attempts,
            )


def deliver_due(deliverer: Deliverer) -> Job:
    return Job("deliver-due", deliverer.one, every=1)
