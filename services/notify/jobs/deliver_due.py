"""Send what is due. A claim is committed, the message goes out, the outcome is committed: never one transaction.

SMTP cannot be asked whether it has seen a message. A process that dies between the server's yes and the second commit
leaves a claim behind; after the lease it is sent again, with the same Message-ID, and counted. That window alone may
double a message, and it is one commit long.
"""

import asyncio
from collections.abc import Callable

from services.notify.commands.record_outcome import record_outcome
from services.notify.domain.delivery import TIMEOUT, Delivery
from services.notify.domain.notifier import How, Message, Outcome, Send
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.letter import Letter, letter
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.metrics import ServiceMeters

Write = Callable[[Letter], Message]


class Deliverer:
    """Sends one message at a time through the notifier `name`, whose sender is `send`."""

    def __init__(
        self, store: Store[Work], name: str, send: Send, write: Write, tools: Tools, meters: ServiceMeters
    ) -> None:
        self._store, self._name, self._send = store, name, send
        self._write, self._tools, self._meters = write, tools, meters

    async def one(self) -> int:
        """Deliver the next message that is due; 0 when there is none, or everything is paused."""
        found = await asyncio.to_thread(self._claim)
        if found is None:
            return 0
        delivery, wanted = found
        outcome = Outcome(How.FAILED, wanted) if isinstance(wanted, str) else await self._carry(delivery, wanted)
        await asyncio.to_thread(self._record, delivery, outcome)
        return 1

    def _claim(self) -> tuple[Delivery, Letter | str] | None:
        now = self._tools.clock.now()
        with self._store.reading() as work:  # no lock is taken just to look
            if work.deliveries.next(now, work.desk.paused()) is None:
                return None
        with self._store.writing() as work:
            delivery = work.deliveries.next(now, work.desk.paused())
            if delivery is None:
                return None
            claimed = delivery.claimed(now)
            work.deliveries.put(claimed)
            wanted = letter(claimed, work, self._tools)
        return claimed, wanted

    async def _carry(self, delivery: Delivery, wanted: Letter) -> Outcome:
        """Whatever a template or a notifier raises is this message's trouble alone: the others go on."""
        try:
            message = await asyncio.to_thread(self._write, wanted)
            if delivery.unsure:
                self._meters.count(metrics.DELIVERIES_UNSURE)
            async with asyncio.timeout(TIMEOUT):
                return await self._send(message)
        except TimeoutError:
            return Outcome(How.UNSURE, "server_silent")
        except Exception as error:
            logger("notify").error("delivery broke", delivery=delivery.delivery_id, **cause(error))
            return Outcome(How.LATER, "broken")

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
