"""A service's storage as the rest of it sees it: units of work to write in, consistent views to read from."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from shared.storage.database import Database
from shared.storage.migrate import heads, revision_of, upgrade
from shared.storage.unit_of_work import UnitOfWork, unit_of_work

W = TypeVar("W")


class Store(Generic[W]):
    """`make(unit_of_work)` builds the service's `Work`: its repositories, and `say`."""

    def __init__(self, url: str, make: Callable[[UnitOfWork], W], migrations: Path) -> None:
        self.database = Database(url)
        self.make = make
        self.migrations = migrations

    @contextmanager
    def writing(self) -> Generator[W]:
        """One unit of work: all of it happens when the block ends, nothing when it raises."""
        with unit_of_work(self.database) as uow:
            yield self.make(uow)

    @contextmanager
    def reading(self) -> Generator[W]:
        """A consistent view. Saying something in it raises `RuntimeError`: nobody would ever commit it."""
        with self.database.reading() as connection:
            yield self.make(UnitOfWork(connection, read_only=True))

    def migrate(self) -> None:
        """To the schema of this code. One that a newer release has migrated already is left alone: it serves both."""
        if not self._ahead():
            upgrade(self.database, self.migrations)

    def current(self) -> bool:
        """Is the schema one that this code can work with: its own, or a newer release's?"""
        return revision_of(self.database) == heads(self.migrations)[-1] or self._ahead()

    def _ahead(self) -> bool:
        revision = revision_of(self.database)
        return revision is not None and revision not in heads(self.migrations)
