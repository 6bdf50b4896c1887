"""Records -> inbox -> reaction -> commit, or retry, or park. Knows nothing of the transport.

A batch is tried in one transaction and, when any of it fails, record by record; a reaction is written for one event and
never knows. Marks and outbox rows are buffered and written once at commit, which is where the speed lies.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from shared.kernel.clock import Clock
from shared.kernel.errors import Transient
from shared.messaging.hears import Hears, Listening
from shared.messaging.parking import UNDECODED, Failed, park, reason_of, unparked
from shared.messaging.record import Envelope, NotAnEvent, Record, open_envelope
from shared.messaging.retry import Retry
from shared.messaging.transport import Batch, Verdict
from shared.storage import inbox, parked
from shared.storage.database import Database
from shared.storage.unit_of_work import UnitOfWork, unit_of_work
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.metrics import ServiceMeters
from shared.telemetry.tracing import continuing

BATCH_SECONDS = 0.1  # a batch holds the write lock: commit after this much work
PASSING = (Transient, OperationalError, OSError)

MakeWork = Callable[[UnitOfWork], Any]
Moved = Callable[[Connection, int], None] | None


class Dispatch:
    """Everything one service does with what it hears. Safe to call from several threads: the database has one writer."""

    def __init__(
        self,
        service: str,
        hears: Sequence[Hears],
        database: Database,
        make_work: MakeWork,
        clock: Clock,
        meters: ServiceMeters,
        retry: Retry = Retry(),  # noqa: B008 - a frozen value
        park_limit: int = 20,
    ) -> None:
        self.listening = Listening(hears)
        self.service, self.database, self.make_work, self.clock = service, database, make_work, clock
        self.meters, self.retry, self.park_limit = meters, retry, park_limit
        self.log = logger(service)
        self.failed_in_a_row = 0
        self.held: dict[str, str] = {}  # stream -> why it is not being read

    def handle(self, batch: Batch) -> Verdict:
        """Give each record its effect, exactly once, or park it. HOLD when not even that could be committed."""
        began, rest = time.monotonic(), list(batch.records)
        stream = rest[0].stream if rest else ""
        verdict = Verdict.DONE
        while rest and verdict is Verdict.DONE:
            try:
                done = self._together(rest, batch.moved)
                rest = rest[done:]
            except Exception as error:
                self.log.debug("batch taken apart", stream=stream, count=len(rest), **cause(error))
                verdict, rest = self._one_by_one(rest, batch.moved)
        self.meters.level(metrics.HELD, int(verdict is Verdict.HOLD), stream=stream)
        self.meters.took(metrics.HANDLING, time.monotonic() - began, stream=stream)
        if verdict is Verdict.DONE:
            self.held.pop(stream, None)
        return verdict

    def _together(self, records: Sequence[Record], moved: Moved) -> int:
        """As many records as fit the time, in one transaction; returns how many. Any trouble rolls all of them back."""
        until = time.monotonic() + BATCH_SECONDS
        envelopes = [open_envelope(record) for record in records]
        due = [(e, h) for e in envelopes for h in self.listening.to(e)]
        counted: list[str] = []
        done = 0
        with unit_of_work(self.database) as uow:
            known = inbox.heard(uow.connection, {(h.as_, e.event_id) for e, h in due})
            if parked.waiting(uow.connection, {(e.record.stream, e.key) for e, _ in due}):
                raise Failed("behind", "behind", passing=False)
            work = self.make_work(uow)
            for envelope in envelopes:
                for hears in self.listening.to(envelope):
                    mark = (hears.as_, envelope.event_id)
                    if mark in known:
                        counted.append("again")
                        continue
                    known.add(mark)
                    uow.mark(*mark, self.clock.now())
                    self._run(hears, envelope, work)
                    counted.append("done")
                done += 1
                if time.monotonic() > until:
                    break
            if moved:
                moved(uow.connection, records[done - 1].position)
        for envelope in envelopes[:done]:
            if not self.listening.to(envelope):
                counted.append("erased" if self.listening.erased(envelope) else "unheard")
        for outcome in counted:
            self.meters.count(metrics.EVENTS, stream=records[0].stream, outcome=outcome)
        self.failed_in_a_row = 0
        return done

    def _one_by_one(self, records: Sequence[Record], moved: Moved) -> tuple[Verdict, list[Record]]:
        for index, record in enumerate(records):
            if (why := self._alone(record, moved)) is not None:
                self.held[record.stream] = why
                self.log.error("consuming stopped", stream=record.stream, reason=why)
                return Verdict.HOLD, list(records[index:])
        return Verdict.DONE, []

    def _alone(self, record: Record, moved: Moved) -> str | None:
        """One record in its own transaction: tried, tried again, parked. Returns why when nothing could be committed."""
        aside: dict[str, str] = {}
        waits = self.retry.waits()
        while True:
            try:
                with unit_of_work(self.database) as uow:
                    outcomes = self._react(uow, record, aside)
                    if moved:
                        moved(uow.connection, record.position)
            except Failed as failure:
                if failure.passing and (wait := next(waits, None)) is not None:
                    self.meters.count(metrics.RETRIES, stream=record.stream)
                    time.sleep(wait)
                elif self.failed_in_a_row >= self.park_limit:
                    return "too_many_failed"
                else:
                    self.failed_in_a_row += 1
                    aside[failure.reaction] = failure.reason
            except Exception as error:  # not even the commit: a full disk, a locked file
                if (wait := next(waits, None)) is None:
                    return reason_of(error)
                time.sleep(wait)
            else:
                if not aside:
                    self.failed_in_a_row = 0
                for outcome in outcomes:
                    self.meters.count(metrics.EVENTS, stream=record.stream, outcome=outcome)
                return None

    def _react(self, uow: UnitOfWork, record: Record, aside: dict[str, str]) -> list[str]:
        """Run every reaction to one record that has not heard it; put it aside for those named in `aside`."""
        now = self.clock.now()
        try:
            envelope = open_envelope(record)
        except NotAnEvent as error:
            identity = f"{record.stream}/{record.partition}/{record.position}"
            if not inbox.mark(uow.connection, UNDECODED, identity, now):
                return ["again"]
            if UNDECODED not in aside:
                raise Failed(UNDECODED, str(error), passing=False) from error
            park(uow, self.service, record, None, UNDECODED, aside[UNDECODED], now)
            return ["parked"]
        outcomes: list[str] = []
        blocked = parked.waiting(uow.connection, {(record.stream, envelope.key)})
        work = self.make_work(uow)
        for hears in self.listening.to(envelope):
            if not inbox.mark(uow.connection, hears.as_, envelope.event_id, now):
                outcomes.append("again")
            elif hears.as_ in aside:
                park(uow, self.service, record, envelope, hears.as_, aside[hears.as_], now)
                outcomes.append("parked")
            elif (hears.as_, record.stream, envelope.key) in blocked:
                park(uow, self.service, record, envelope, hears.as_, "behind", now)
                outcomes.append("behind")
            else:
                self._run(hears, envelope, work)
                outcomes.append("done")
        return outcomes or ["erased" if self.listening.erased(envelope) else "unheard"]

    def _run(self, hears: Hears, envelope: Envelope, work: Any) -> None:
        try:
            with continuing(envelope.traceparent):
                hears.reaction(self.listening.read(hears, envelope), work)
        except Exception as error:
            self.log.warning(
                "reaction failed",
                reaction=hears.as_,
                event_type=envelope.type,
                event_id=envelope.event_id,
                stream=envelope.record.stream,
                **cause(error),
            )
            raise Failed(hears.as_, reason_of(error), isinstance(error, PASSING)) from error

    def replay(self, row_id: int) -> str | None:
        """Try a parked event again, and then what is parked behind it. Returns the reason when it failed again.

        Forgets the reaction's mark first: replaying is the one way to hear an event twice.
        """
        with self.database.reading() as connection:
            row = parked.one(connection, row_id)
            queue = parked.queue_of(connection, row) if row else []
        for one in queue:
            try:
                with unit_of_work(self.database) as uow:
                    self._again(uow, one)
            except Exception as error:
                reason = error.reason if isinstance(error, Failed) else reason_of(error)
                with unit_of_work(self.database) as uow:
                    parked.tried_again(uow.connection, one.id, reason)
                return reason
        return None

    def _again(self, uow: UnitOfWork, row: parked.Parked) -> None:
        record = Record(row.stream, row.partition, row.position, row.key.encode(), tuple(row.headers), row.body)
        inbox.forget(uow.connection, row.reaction, row.event_id)
        parked.release(uow.connection, row.id)
        uow.say(unparked(self.service, row.id, "replayed", self.clock.now()))
        if row.reaction == UNDECODED:
            self._react(uow, record, {})
            return
        envelope = open_envelope(record)
        hears = self.listening.named(row.reaction)
        if hears and not self.listening.erased(envelope):
            uow.mark(row.reaction, row.event_id, self.clock.now())
            self._run(hears, envelope, self.make_work(uow))

    def discard(self, row_id: int) -> None:
        """Throw a parked event away for good; what is parked behind it can then be replayed."""
        with unit_of_work(self.database) as uow:
            parked.release(uow.connection, row_id)
            uow.say(unparked(self.service, row_id, "discarded", self.clock.now()))
