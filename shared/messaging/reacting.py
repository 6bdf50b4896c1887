"""One record and the reactions to it, inside a unit of work that somebody else commits."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy.exc import OperationalError

from shared.kernel.clock import Clock
from shared.kernel.errors import Transient
from shared.messaging.hears import Hears, Listening
from shared.messaging.parking import BEHIND, UNDECODED, Failed, identity, park, reason_of, unparked
from shared.messaging.record import OF_THE_KEY, Envelope, NotAnEvent, Record, open_envelope
from shared.storage import inbox, parked
from shared.storage.unit_of_work import UnitOfWork
from shared.telemetry.logging import cause, logger
from shared.telemetry.tracing import continuing

PASSING = (Transient, OperationalError, OSError)

MakeWork = Callable[[UnitOfWork], Any]


class Outcome(NamedTuple):
    """How it went for one reaction, and the row that it was parked in."""

    reaction: str
    how: str
    row: int = 0


class Reacting:
    """The reactions of one service. Nothing is remembered here: a rollback undoes all that a record did."""

    def __init__(self, service: str, hears: Sequence[Hears], make_work: MakeWork, clock: Clock) -> None:
        self.listening = Listening(hears)
        self.service, self.make_work, self.clock = service, make_work, clock
        self.log = logger(service)

    def to(self, uow: UnitOfWork, record: Record, aside: Mapping[str, str]) -> list[Outcome]:
        """Run every reaction that has not heard a record; put it aside for those in `aside`, for the reason given there.

        Raise `Failed` that names the reaction which could not digest it.
        """
        now = self.clock.now()
        try:
            envelope = open_envelope(record)
        except NotAnEvent as error:
            return self._undecoded(uow, record, str(error), aside)
        outcomes: list[Outcome] = []
        blocked = parked.waiting(uow.connection, {(record.stream, envelope.key)})
        work = self.make_work(uow)
        for hears in self.listening.to(envelope):
            if not inbox.mark(uow.connection, hears.as_, envelope.event_id, now):
                outcomes.append(Outcome(hears.as_, "again"))
            elif hears.as_ in aside:
                row = park(uow, self.service, record, envelope, hears.as_, aside[hears.as_], now)
                outcomes.append(Outcome(hears.as_, "parked", row))
            elif (hears.as_, record.stream, envelope.key) in blocked:
                park(uow, self.service, record, envelope, hears.as_, BEHIND, now)
                outcomes.append(Outcome(hears.as_, "behind"))
            else:
                self._at_once(uow, hears, envelope, work)
                outcomes.append(Outcome(hears.as_, "done"))
        return outcomes or [Outcome("", self.why_unheard(envelope))]

    def _undecoded(self, uow: UnitOfWork, record: Record, reason: str, aside: Mapping[str, str]) -> list[Outcome]:
        now = self.clock.now()
        if not inbox.mark(uow.connection, UNDECODED, identity(record, None), now):
            return [Outcome(UNDECODED, "again")]
        if UNDECODED not in aside:
            raise Failed(UNDECODED, reason, passing=False)
        return [Outcome(UNDECODED, "parked", park(uow, self.service, record, None, UNDECODED, reason, now))]

    def why_unheard(self, envelope: Envelope) -> str:
        return "erased" if self.listening.erased(envelope) else "unheard"

    def again(self, uow: UnitOfWork, row: parked.Parked) -> None:
        """Take a parked event up again: release it, forget the mark of its reaction, run it. Raise `Failed`.

        Replaying is the one way to hear an event twice. What was erased meanwhile has no effect any more.
        """
        record = Record(row.stream, row.partition, row.position, row.key.encode(), tuple(row.headers), row.body)
        inbox.forget(uow.connection, row.reaction, row.event_id)
        parked.release(uow.connection, row.id)
        uow.say(unparked(self.service, row, "replayed", self.clock.now()))
        if row.reaction == UNDECODED:
            if row.reason in OF_THE_KEY:
                raise Failed(UNDECODED, row.reason, passing=False)
            self.to(uow, record, {})
            return
        envelope = open_envelope(record)
        hears = self.listening.named(row.reaction)
        if hears and not self.listening.erased(envelope):
            uow.mark(row.reaction, row.event_id, self.clock.now())
            self._at_once(uow, hears, envelope, self.make_work(uow))

    def _at_once(self, uow: UnitOfWork, hears: Hears, envelope: Envelope, work: Any) -> None:
        with self.blaming(hears, envelope):
            hears.reaction(self.listening.read(hears, envelope), work)
            uow.flush()  # here, so that what the database refuses is blamed on the one who wrote it

    @contextmanager
    def blaming(self, hears: Hears, envelope: Envelope) -> Generator[None]:
        """Inside the trace of the event. Whatever is raised becomes a `Failed` of this reaction."""
        try:
            with continuing(envelope.traceparent, f"{self.service} {hears.as_}"):
                yield
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
