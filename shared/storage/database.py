"""A service's own database: one connection that writes, several that read.

SQLite runs in WAL with `synchronous=FULL` (what was said survives a power cut) and takes the write lock when a unit of
work begins: SQLAlchemy's default transaction there silently loses updates. Deleted text is overwritten in the file.
"""

from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "busy_timeout=10000",
    "temp_store=MEMORY",
)


def _sqlite(url: str, begin: str, *pragmas: str, **pool: Any) -> Engine:
    engine = create_engine(
        url, connect_args={"isolation_level": None, "check_same_thread": False}, hide_parameters=True, **pool
    )

    def prepare(connection: Any, _: object) -> None:
        for pragma in (*_PRAGMAS, *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


class Database:
    """Where one service keeps what it owns. `url` is SQLAlchemy's; `sqlite:///relative.db` makes its folder."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.writer = _sqlite(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
        self.reader = _sqlite(url, "BEGIN", "query_only=ON", pool_size=4, max_overflow=4)
        self._watchers: list[Callable[[], None]] = []

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A consistent view that sees every commit made before it began. Writing through it raises `OperationalError`."""
        with self.reader.connect() as connection, connection.begin():
            yield connection

    def watch(self, woken: Callable[[], None]) -> Callable[[], None]:
        """Call `woken` after each commit that said something or asked to be noticed. Returns how to stop."""
        self._watchers.append(woken)
        return lambda: self._watchers.remove(woken)

    def wake(self) -> None:
        for woken in tuple(self._watchers):
            with suppress(RuntimeError):  # its event loop has just been closed: the commit stands all the same
                woken()

    def tidy(self) -> None:
        """Fold the write-ahead log into the file, so that erased text is gone from disk too."""
        with closing(self.writer.raw_connection()) as raw:  # outside any transaction
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()
