"""Send what is due. A claim is committed, the message goes out, the outcome is committed: never one transaction.

SMTP cannot be asked whether it has seen a message. A process that dies between the server's yes and the second commit
leaves a claim behind; after the lease it is sent again, with the same Message-ID, and counted. That window alone may
double a message, and it is one commit long.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.notify.commands.invite_operator import invite_operator
from services.notify.commands.record_outcome import record_outcome
from services.notify.domain.delivery import TIMEOUT, WRITTEN, Delivery
from services.notify.domain.notifier import MAIL, SILENT, Carriers, How, Message, Outcome
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.letter import Letter, letter
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.meters import ServiceMeters
from shared.telemetry.tracing import continuing

MOST, TURN = 50, timedelta(seconds=2)  # of a turn: between turns the duty can be stopped, and says that it is alive
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=1)  # for a server that says nothing
Write = Callable[[Letter], Message]


class Deliverer:
    """Sends one message at a time, each by what carries to its kind of address."""

    def __init__(
        self, store: Store[Work], carriers: Carriers, write: Write, tools: Tools, meters: ServiceMeters
    ) -> None:
        self._store, self._carriers = store, carriers
        self._write, self._tools, self._meters = write, tools, meters
        self._silences, self._until = 0, datetime.min.replace(tzinfo=UTC)
        for carrier in carriers.values():
            meters.expect(metrics.DELIVERIES, "outcome", (how.value for how in How), notifier=carrier.notifier.name)

    async def some(self) -> int:
        """Deliver what is due, for a turn; 0 when there is nothing, everything is paused, or a silent server is let be.

        Whoever stops the process waits for the message at work and at most a turn: a silent server ends it.
        """
        done, began = 0, self._tools.clock.now()
        if began < self._until:
            return 0
        delivery = await asyncio.to_thread(self._first)
        while delivery:
            name, outcome = await self._carry(delivery)
            done += 1
            go_on = self._answered(outcome) and done < MOST and self._tools.clock.now() < began + TURN
            delivery = await asyncio.to_thread(self._record, delivery, name, outcome, go_on)
        return done

    def _answered(self, outcome: Outcome) -> bool:
        """Did anybody answer? If not, the rest waits, longer each time: they would wait for the same server, one by one."""
        self._silences = self._silences + 1 if outcome.reason == SILENT else 0
        if self._silences:
            wait = min(FIRST_WAIT * 2 ** min(self._silences - 1, 10), LONGEST_WAIT)
            self._until = self._tools.clock.now() + wait
        return not self._silences

    def _first(self) -> Delivery | None:
        with self._store.reading() as work:  # no lock is taken just to look
            if work.deliveries.next(self._tools.clock.now(), work.desk.paused() is not None) is None:
                return None
        with self._store.writing() as work:
            return self._claim(work)

    def _claim(self, work: Work) -> Delivery | None:
        return work.deliveries.claim(self._tools.clock.now(), work.desk.paused() is not None)

    async def _carry(self, delivery: Delivery) -> tuple[str, Outcome]:
        """Which notifier carried it, and how that went.

        Whatever a store, a template or a notifier raises is this message's trouble alone: the others go on.
        """
        carrier, handed_over = self._carriers[MAIL], False
        try:
            async with asyncio.timeout(WRITTEN):  # the claim runs meanwhile
                message = await asyncio.to_thread(self._written, delivery)
            if isinstance(message, str):
                return carrier.notifier.name, Outcome(How.FAILED, message)
            carrier, handed_over = self._carriers[message.reach], True
            if delivery.unsure:
                self._meters.count(metrics.DELIVERIES_UNSURE)
            async with asyncio.timeout(TIMEOUT):
                return carrier.notifier.name, await carrier.send(message)
        except TimeoutError:
            return carrier.notifier.name, Outcome(How.UNSURE, SILENT) if handed_over else Outcome(How.LATER, "broken")
        except Exception as error:
            logger("notify").error("delivery broke", delivery=delivery.delivery_id, **cause(error))
            return carrier.notifier.name, Outcome(How.LATER, "broken")

    def _written(self, delivery: Delivery) -> Message | str:
        """The message, or why it cannot or need not be sent any more. Only an invitation takes the write lock."""
        with self._store.reading() as work:
            wanted = letter(delivery, work, self._tools)
        if isinstance(wanted, Letter) and delivery.purpose == "signin":
            name = wanted.to.partition("@")[0]
            with self._store.writing() as work:
                wanted = replace(wanted, token=invite_operator(wanted.to, name, work, self._tools.clock))
        return wanted if isinstance(wanted, str) else self._write(wanted)

    def _record(self, delivery: Delivery, name: str, outcome: Outcome, go_on: bool) -> Delivery | None:
        """Write down how it went and, in the same commit, claim the next: a message costs one wait for the disk."""
        with continuing(delivery.trace, "notify deliver-due"), self._store.writing() as work:
            record_outcome(delivery, outcome, work, self._tools)
            following = self._claim(work) if go_on else None
        self._meters.count(metrics.DELIVERIES, notifier=name, outcome=outcome.how.value)
        if outcome.how is not How.SENT:
            logger("notify").warning(
                "delivery not made",
                delivery=delivery.delivery_id,
                idea=delivery.idea_id,
                notifier=name,
                reason=outcome.reason,
                attempt=delivery.attempts,
            )
        return following


def deliver_due(deliverer: Deliverer) -> Job:
    return Job("deliver-due", deliverer.some, every=1, on_commit=True)
