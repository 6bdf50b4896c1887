"""A service's own database: SQLite on one machine, PostgreSQL past it. One unit of work writes at a time on either."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, suppress

from sqlalchemy import Connection, make_url

from shared.storage.postgres import Postgres
from shared.storage.sqlite import Sqlite


class Database:
    """Where one service keeps what it owns. `url` is SQLAlchemy's: ``sqlite:///…`` or ``postgresql://…``."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._engines = Sqlite(self.url) if self.url.get_backend_name() == "sqlite" else Postgres(self.url)
        self.writer, self.reader = self._engines.writer, self._engines.reader
        self._watchers: list[Callable[[], None]] = []

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A consistent view that sees every commit made before it began. Writing through it raises `DBAPIError`."""
        with self.reader.connect() as connection, connection.begin():
            yield connection

    def relaying(self) -> AbstractContextManager[bool]:
        """Whether the caller alone may tell the outbox to others, until the block ends."""
        return self._engines.relaying()

    def watch(self, woken: Callable[[], None]) -> Callable[[], None]:
        """Call `woken` after each commit that said something or asked to be noticed. Returns how to stop."""
        self._watchers.append(woken)
        return lambda: self._watchers.remove(woken)

    def wake(self) -> None:
        for woken in tuple(self._watchers):
            with suppress(RuntimeError):  # its event loop has just been closed: the commit stands all the same
                woken()

    def tidy(self) -> None:
        """Erased text leaves the disk, as far as the database lets us say when."""
        self._engines.tidy()

    def close(self) -> None:
        self._engines.close()
