"""SQLite: one connection that writes, several that read.

WAL with `synchronous=FULL` (what was said survives a power cut). The write lock is taken when a unit of work begins:
SQLAlchemy's default transaction there silently loses updates. Deleted text is overwritten in the file.
"""

import errno
import os
import threading
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

PATIENCE = "busy_timeout=10000"  # ms
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    PATIENCE,
    "temp_store=MEMORY",
)


def _engine(url: URL, begin: str, *pragmas: str, **pool: Any) -> Engine:
    engine = create_engine(
        url, connect_args={"isolation_level": None, "check_same_thread": False}, hide_parameters=True, **pool
    )

    def prepare(connection: Any, _: object) -> None:
        for pragma in (*_PRAGMAS, *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    def private(*_: object) -> None:
        """Made before SQLite makes it, for its owner alone; what SQLite makes beside it gets the same mode.

        A file that is there is never opened here: closing it again would drop every lock that this process has on it
        (POSIX), and another process would take the log away under our feet (sqlite.org/howtocorrupt.html, 2.2).
        """
        if not url.database:
            return
        with suppress(FileExistsError):
            os.close(os.open(url.database, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if Path(url.database).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), url.database)

    event.listen(engine, "do_connect", private)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


class Sqlite:
    """The engines of one file. `sqlite:///relative.db` makes its folder."""

    def __init__(self, url: URL) -> None:
        self.file = Path(url.database or "")
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for kept in (self.file, Path(f"{self.file}-wal"), Path(f"{self.file}-shm")):
            with suppress(FileNotFoundError, PermissionError):  # made by an older release, for all to read
                kept.chmod(0o600)
        self.writer = _engine(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
        self.reader = _engine(url, "BEGIN", "query_only=ON", pool_size=12, max_overflow=4)
        self._relaying = threading.Lock()

    @contextmanager
    def relaying(self) -> Generator[Callable[[], bool]]:
        """A file has one process: a lock in memory keeps a second relay out."""
        mine = self._relaying.acquire(blocking=False)
        try:
            yield lambda: mine
        finally:
            if mine:
                self._relaying.release()

    def tidy(self) -> None:
        """Fold the write-ahead log into the file, so that erased text is gone from disk too.

        Nobody can write meanwhile, so it waits for readers a moment only; when one is slow, the next time does it.
        """
        with closing(self.writer.raw_connection()) as raw:  # outside any transaction
            cursor = raw.cursor()
            cursor.execute("PRAGMA busy_timeout=200")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA {PATIENCE}")

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()
