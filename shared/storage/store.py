"""A service's storage as the rest of it sees it: units of work to write in, consistent views to read from."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from shared.kernel.errors import GortError
from shared.storage.database import Database
from shared.storage.migrate import heads, revision_of, upgrade
from shared.storage.unit_of_work import UnitOfWork, unit_of_work

W = TypeVar("W")


class AnothersDatabase(GortError):
    """The settings lead to another service's database. Nothing was changed in it."""


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
        """Is the schema one that this code can work with: its own, or a newer release's? Raise `AnothersDatabase`."""
        return revision_of(self.database) == heads(self.migrations)[-1] or self._ahead()

    def _ahead(self) -> bool:
        revision, known = revision_of(self.database), heads(self.migrations)
        if revision is None or revision in known:
            return False
        if _service(revision) != _service(known[-1]):
            raise AnothersDatabase(
                f"The database of {_service(known[-1])} is {_service(revision)}'s: see `gort settings`."
            )
        return True


def _service(revision: str) -> str:
    """Whose a revision is: it is named service_number."""
    return revision.rpartition("_")[0]
