"""A request or a reaction is one of these: all of it happens, and is told, or none of it. The only caller of commit."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from shared.events.event import Event
from shared.storage import inbox, outbox, parked
from shared.storage.database import Database
from shared.storage.inbox import Mark
from shared.telemetry.tracing import traceparent


@dataclass(slots=True)
class UnitOfWork:
    """What is being changed, said and marked as heard. Repositories are built around its `connection`."""

    connection: Connection
    said: list[tuple[Event, str]] = field(default_factory=list[tuple[Event, str]])
    marks: list[tuple[Mark, datetime]] = field(default_factory=list[tuple[Mark, datetime]])
    kept_back: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    wakes: bool = False
    wrote: bool = False  # for certain: a row that was kept back, a mark, something said
    read_only: bool = False

    def say(self, event: Event) -> None:
        """Tell this when, and only if, the work is committed."""
        self._must_write()
        self.said.append((event, traceparent()))

    def mark(self, reaction: str, event_id: str, at: datetime) -> None:
        """Remember, when the work is committed, that a reaction has heard an event."""
        self._must_write()
        self.marks.append(((reaction, event_id), at))

    def keep_back(self, write: Callable[[], None]) -> None:
        """Let a repository write its rows when all else is done, in as few round trips as that takes.

        Until then nobody else sees them in the table: such a repository is the only one that asks its table anything.
        """
        self._must_write()
        self.kept_back.append(write)

    def notice(self) -> None:
        """Let jobs look at once for what became due, when the work is committed."""
        self._must_write()
        self.wakes = True

    def forget(self, key: str) -> None:
        """Erase the words of an aggregate from all that was said, or parked, of it before this unit of work."""
        self._must_write()
        outbox.erase(self.connection, key)
        parked.erase(self.connection, key)

    def flush(self) -> None:
        """Write what was kept back: rows, marks and, last, what was said. What is written leaves the buffer."""
        self.wrote = self.wrote or bool(self.kept_back or self.marks or self.said)
        for write in self.kept_back:
            write()
        self.kept_back.clear()
        if self.marks:
            inbox.mark_all(self.connection, [mark for mark, _ in self.marks], self.marks[-1][1])
            self.marks.clear()
        if self.said:
            outbox.append(self.connection, self.said)
            self.said.clear()
            self.wakes = True

    def _must_write(self) -> None:
        if self.read_only:
            raise RuntimeError("a view changes and says nothing: open a unit of work")


@contextmanager
def unit_of_work(database: Database) -> Generator[UnitOfWork]:
    """Begin; commit when the block ends, roll back when it raises. Wakes listeners and jobs after the commit."""
    with database.taking(), database.writer.connect() as connection:
        transaction = connection.begin()
        work = UnitOfWork(connection)
        try:
            yield work
            work.flush()
            transaction.commit()
        except BaseException:
            transaction.rollback()
            raise
    if work.wrote:
        database.took()
    if work.wakes:
        database.wake()
