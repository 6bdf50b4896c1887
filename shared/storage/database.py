"""A service's own database: SQLite on one machine, PostgreSQL past it. One unit of work writes at a time on either."""

import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from shared.storage.postgres import Postgres
from shared.storage.sqlite import Sqlite
from shared.telemetry.logging import cause

REMEMBERED = 300.0  # s that a refused write is told of, unless one goes well: where nobody writes, nobody asks again
REFUSALS = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "53100", "25006")  # a full or broken disk, a standby


class Database:
    """Where one service keeps what it owns. `url` is SQLAlchemy's: ``sqlite:///…`` or ``postgresql://…``."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._engines = Sqlite(self.url) if self.url.get_backend_name() == "sqlite" else Postgres(self.url)
        self.writer, self.reader = self._engines.writer, self._engines.reader
        self._watchers: list[Callable[[], None]] = []
        self._refused, self._refused_at = "", 0.0

    @contextmanager
    def taking(self) -> Generator[None]:
        """Around all that is to be written: remembers when the database refused it, as one on a full disk does."""
        try:
            yield
        except Exception as error:
            if why := _refusal(error):
                self._refused, self._refused_at = why, time.monotonic()
            raise

    def took(self) -> None:
        """Something was written, and is committed."""
        self._refused = ""

    @property
    def refusal(self) -> str:
        """Why a write was refused, if one was, not long ago, and none went well since; else empty."""
        return self._refused if time.monotonic() - self._refused_at < REMEMBERED else ""

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A consistent view that sees every commit made before it began. Writing through it raises `DBAPIError`."""
        with self.reader.connect() as connection, connection.begin():
            yield connection

    def relaying(self) -> AbstractContextManager[Callable[[], bool]]:
        """Call what it gives: may the caller alone tell the outbox to others, now? Raises when it no longer may."""
        return self._engines.relaying()

    def watch(self, woken: Callable[[], None]) -> Callable[[], None]:
        """Call `woken` after each commit that said something or asked to be noticed. Returns how to stop."""
        self._watchers.append(woken)
        return lambda: self._watchers.remove(woken)

    @property
    def exists(self) -> bool:
        """A file that is there, or a server's. To open one that is not would make it."""
        return self.url.get_backend_name() != "sqlite" or Path(self.url.database or "").exists()

    def wake(self) -> None:
        for woken in tuple(self._watchers):
            with suppress(RuntimeError):  # its event loop has just been closed: the commit stands all the same
                woken()

    def tidy(self) -> None:
        """Erased text leaves the disk, as far as the database lets us say when."""
        self._engines.tidy()

    def close(self) -> None:
        self._engines.close()


def _refusal(error: BaseException | None) -> str:
    """What a database said of itself, wherever in the chain of causes that stands; empty when it is no such error."""
    while error:
        if isinstance(error, DBAPIError) and (said := cause(error)["error"]).partition(" ")[2].startswith(REFUSALS):
            return said
        error = error.__cause__
    return ""
