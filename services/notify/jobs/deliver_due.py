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
from shared.telemetry.meters import ServiceMeters
from shared.telemetry.tracing import continuing

MOST = 50  # messages a turn: between turns the duty can be stopped, and says that it is alive
Write = Callable[[Letter], Message]


class Deliverer:
    """Sends one message at a time through the notifier `name`, whose sender is `send`."""

    def __init__(
        self, store: Store[Work], name: str, send: Send, write: Write, tools: Tools, meters: ServiceMeters
    ) -> None:
        self._store, self._name, self._send = store, name, send
        self._write, self._tools, self._meters = write, tools, meters

    async def some(self) -> int:
        """Deliver what is due, at most `MOST`; 0 when there is nothing, or everything is paused."""
        done = 0
        delivery = await asyncio.to_thread(self._first)
        while delivery:
            outcome = await self._carry(delivery)
            done += 1
            delivery = await asyncio.to_thread(self._record, delivery, outcome, done < MOST)
        return done

    def _first(self) -> Delivery | None:
        with self._store.reading() as work:  # no lock is taken just to look
            if work.deliveries.next(self._tools.clock.now(), work.desk.paused()) is None:
                return None
        with self._store.writing() as work:
            return self._claim(work)

    def _claim(self, work: Work) -> Delivery | None:
        now = self._tools.clock.now()
        delivery = work.deliveries.next(now, work.desk.paused())
        if delivery is None:
            return None
        claimed = delivery.claimed(now)
        work.deliveries.put(claimed)
        return claimed

    async def _carry(self, delivery: Delivery) -> Outcome:
        """Whatever a store, a template or a notifier raises is this message's trouble alone: the others go on."""
        try:
            message = await asyncio.to_thread(self._written, delivery)
            if isinstance(message, str):
                return Outcome(How.FAILED, message)
            if delivery.unsure:
                self._meters.count(metrics.DELIVERIES_UNSURE)
            async with asyncio.timeout(TIMEOUT):
                return await self._send(message)
        except TimeoutError:
            return Outcome(How.UNSURE, "server_silent")
        except Exception as error:
            logger("notify").error("delivery broke", delivery=delivery.delivery_id, **cause(error))
            return Outcome(How.LATER, "broken")

    def _written(self, delivery: Delivery) -> Message | str:
        """The message, or why it cannot or need not be sent any more."""
        with self._store.writing() as work:  # an invitation to sign in is made as its letter is
            wanted = letter(delivery, work, self._tools)
        return wanted if isinstance(wanted, str) else self._write(wanted)

    def _record(self, delivery: Delivery, outcome: Outcome, go_on: bool) -> Delivery | None:
        """Write down how it went and, in the same commit, claim the next: a message costs one wait for the disk."""
        with continuing(delivery.trace, "notify deliver-due"), self._store.writing() as work:
            record_outcome(delivery, outcome, work, self._tools)
            following = self._claim(work) if go_on else None
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
        return following


def deliver_due(deliverer: Deliverer) -> Job:
    return Job("deliver-due", deliverer.some, every=1, on_commit=True)
