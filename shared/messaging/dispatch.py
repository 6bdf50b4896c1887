"""Records -> inbox -> reaction -> commit, or retry, or park. Knows nothing of the transport.

A batch is tried in one transaction and, when any of it fails, record by record; a reaction is written for one event and
never knows. Marks and outbox rows are buffered and written once at commit, which is where the speed lies.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection

from shared.kernel.clock import Clock
from shared.messaging.hears import Hears
from shared.messaging.parking import BEHIND, UNDECODED, Failed, reason_of, tell, unparked
from shared.messaging.reacting import MakeWork, Outcome, Reacting
from shared.messaging.record import Record, open_envelope
from shared.messaging.retry import Retry
from shared.messaging.transport import Batch, Verdict
from shared.storage import inbox, parked
from shared.storage.database import Database
from shared.storage.unit_of_work import unit_of_work
from shared.telemetry import metrics
from shared.telemetry.logging import cause, logger
from shared.telemetry.meters import ServiceMeters

BATCH_SECONDS = 0.1  # a batch holds the write lock: commit after this much work
FIRST = 16  # records that are tried together first; then twice as many as fitted the time
COMMIT = "commit"  # stands for a reaction when nothing could be committed at all

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
        self.reacting = Reacting(service, hears, make_work, clock)
        self.listening = self.reacting.listening
        self.service, self.database, self.clock = service, database, clock
        self.meters, self.retry, self.park_limit = meters, retry, park_limit
        self.log = logger(service)
        self.held: dict[str, str] = {}  # stream -> why it is not being read
        # (stream, reaction) -> rows that were parked since it last went well
        self._in_a_row: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        meters.expect(metrics.EVENTS, "stream", self.listening.streams, outcome="again")

    def handle(self, batch: Batch) -> Verdict:
        """Give each record its effect, exactly once, or park it. HOLD when not even that could be committed."""
        if not batch.records:
            return Verdict.DONE
        began, rest = time.monotonic(), list(batch.records)
        stream = rest[0].stream
        verdict, most = Verdict.DONE, FIRST
        while rest and verdict is Verdict.DONE:
            try:
                done = self._together(rest[:most], batch.moved)
                rest, most = rest[done:], 2 * done
            except Exception as error:
                self.log.debug("batch taken apart", stream=stream, count=len(rest[:most]), **cause(error))
                verdict, apart = self._one_by_one(rest[:most], batch.moved)
                rest, most = [*apart, *rest[most:]], FIRST
        self.meters.level(metrics.HELD, int(verdict is Verdict.HOLD), stream=stream)
        self.meters.took(metrics.HANDLING, time.monotonic() - began, stream=stream)
        if verdict is Verdict.DONE:
            self.held.pop(stream, None)
        return verdict

    def dealt(self, stream: str) -> None:
        """Who has a stream's partitions has changed: what was held may be another's now, who says so if it still is."""
        self.held.pop(stream, None)
        self.meters.level(metrics.HELD, 0, stream=stream)

    def _together(self, records: Sequence[Record], moved: Moved) -> int:
        """As many records as fit the time, in one transaction; returns how many. Any trouble rolls all of them back."""
        envelopes = [open_envelope(record) for record in records]
        due = [(e, h) for e in envelopes for h in self.listening.to(e)]
        outcomes: list[Outcome] = []
        done = 0
        with unit_of_work(self.database) as uow:
            until = time.monotonic() + BATCH_SECONDS  # from when it is our turn to write
            known = inbox.heard(uow.connection, {(h.as_, e.event_id) for e, h in due})
            if parked.waiting(uow.connection, {(e.record.stream, e.key) for e, _ in due}):
                raise Failed(BEHIND, BEHIND, passing=False)
            work = self.reacting.make_work(uow)
            for envelope in envelopes:
                heard = self.listening.to(envelope)
                for hears in heard:
                    mark = (hears.as_, envelope.event_id)
                    if mark in known:
                        outcomes.append(Outcome(hears.as_, "again"))
                        continue
                    known.add(mark)
                    uow.mark(*mark, self.clock.now())
                    with self.reacting.blaming(hears, envelope):
                        hears.reaction(self.listening.read(hears, envelope), work)
                    outcomes.append(Outcome(hears.as_, "done"))
                if not heard:
                    outcomes.append(Outcome("", self.reacting.why_unheard(envelope)))
                done += 1
                if time.monotonic() > until:
                    break
            if moved:
                moved(uow.connection, records[done - 1].position)
        self._committed(records[0].stream, outcomes)
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
        patience: defaultdict[str, Iterator[float]] = defaultdict(self.retry.waits)
        while True:
            try:
                if any(self._full(record.stream, reaction) for reaction in aside):
                    return "too_many_failed"
                with unit_of_work(self.database) as uow:
                    outcomes = self.reacting.to(uow, record, aside)
                    if moved:
                        moved(uow.connection, record.position)
            except Failed as failure:
                wait = next(patience[failure.reaction], None) if failure.passing else None
                if wait is None:
                    aside[failure.reaction] = failure.reason
                    continue
            except Exception as error:  # not even the commit: a full disk, a locked file
                if (wait := next(patience[COMMIT], None)) is None:
                    return reason_of(error)
            else:
                self._committed(record.stream, outcomes)
                return None
            self.meters.count(metrics.RETRIES, stream=record.stream)
            time.sleep(wait)

    def _committed(self, stream: str, outcomes: Sequence[Outcome]) -> None:
        """Count what happened, and how often in a row each reaction has failed."""
        for reaction, outcome, row in outcomes:
            self.meters.count(metrics.EVENTS, stream=stream, outcome=outcome)
            if outcome == "parked":
                self._in_a_row[stream, reaction].append(row)
            elif outcome == "done":
                self._in_a_row.pop((stream, reaction), None)
            if reaction != UNDECODED:
                self._in_a_row.pop((stream, UNDECODED), None)

    def _full(self, stream: str, reaction: str) -> bool:
        """Have as many failed in a row as may? What an operator discarded or replayed makes room, in whichever replica."""
        rows = self._in_a_row[stream, reaction]
        if len(rows) < self.park_limit:
            return False
        with self.database.reading() as connection:
            rows[:] = parked.still(connection, rows)
        return len(rows) >= self.park_limit

    def replay(self, row_id: int) -> str | None:
        """Try a parked event again, and then what is parked behind it. Returns the reason when it failed again.

        The oldest of its queue comes first, whichever was named: order survives. Two who replay at once do it once.
        """
        with self.database.reading() as connection:
            named = parked.one(connection, row_id)
        while named:
            row = None
            try:
                with unit_of_work(self.database) as uow:
                    row = self._next(uow.connection, named)
                    if row is None:
                        break
                    self.reacting.again(uow, row)
            except Exception as error:
                if row is None:
                    raise
                reason = error.reason if isinstance(error, Failed) else reason_of(error)
                self._failed_again(row, reason)
                return reason
        return None

    def replay_all(self, reason: str) -> int:
        """Replay everything that is parked for one reason, with what is behind it. Returns how many failed again."""
        with self.database.reading() as connection:
            rows = parked.same_cause(connection, reason)
        return sum(self.replay(row.id) is not None for row in rows)

    def _next(self, connection: Connection, named: parked.Parked) -> parked.Parked | None:
        """What to replay next of the queue of a row; records that are no event have none: each stands for itself."""
        if named.reaction == UNDECODED:
            return parked.one(connection, named.id)
        return parked.head_of(connection, named)

    def _failed_again(self, row: parked.Parked, reason: str) -> None:
        with unit_of_work(self.database) as uow:
            parked.tried_again(uow.connection, row.id, reason)
            if row.reason == BEHIND:  # nobody was told of it yet: the one before it was the trouble
                tell(uow, self.service, row, reason, self.clock.now())

    def discard_all(self, reason: str) -> None:
        """Throw away everything that is parked for one reason: a flood of rubbish, which nobody clicks away one by one."""
        with self.database.reading() as connection:
            rows = parked.same_cause(connection, reason)
        for row in rows:
            self.discard(row.id)

    def discard(self, row_id: int) -> None:
        """Throw a parked event away for good; what is parked behind it can then be replayed, and is told of."""
        with unit_of_work(self.database) as uow:
            row = parked.one(uow.connection, row_id)
            if row is None:
                return
            parked.release(uow.connection, row_id)
            uow.say(unparked(self.service, row, "discarded", self.clock.now()))
            head = parked.head_of(uow.connection, row)
            if head and head.reason == BEHIND:
                tell(uow, self.service, head, BEHIND, self.clock.now())
