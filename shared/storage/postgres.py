"""PostgreSQL: as many processes as there are replicas, and still one that writes at a time.

A unit of work begins by taking one lock of its database, which its commit gives back. So two commands on one idea never
overwrite each other, and outbox rows are numbered in the order in which they become visible: whoever reads the outbox
by position skips nothing. `docs/decisions/0009` says what that costs.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

WRITING, RELAYING = 1, 2  # advisory locks: their scope is one database, which is one service's
_CONNECT: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # ms; without it a host that vanished holds a thread that asked it something for 15 minutes
    # as patient as SQLite is (ms); and a host that vanished gives its locks back within the minute
    "options": "-c lock_timeout=10000 -c timezone=UTC -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 "
    "-c tcp_keepalives_count=3 -c tcp_user_timeout=30000 -c idle_in_transaction_session_timeout=180000",
}


def _engine(url: URL, **more: Any) -> Engine:
    # prepare_threshold: a statement seen a second time is planned once for all
    arguments = {**_CONNECT, "prepare_threshold": 1}
    return create_engine(url, connect_args=arguments, hide_parameters=True, pool_pre_ping=True, **more)


def _one_writes(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITING})")


class Postgres:
    """The engines of one database."""

    def __init__(self, url: URL) -> None:
        url = url.set(drivername="postgresql+psycopg")
        self.writer = _engine(url, pool_size=2, max_overflow=4)
        self._views = _engine(url, isolation_level="REPEATABLE READ", pool_size=4, max_overflow=4)
        self.reader = self._views.execution_options(postgresql_readonly=True)
        self._relay = _engine(url, pool_size=1, max_overflow=0)
        event.listen(self.writer, "begin", _one_writes)

    @contextmanager
    def relaying(self) -> Generator[Callable[[], bool]]:
        """The lock goes with its transaction: whoever dies while relaying, or sleeps too long, gives it back at once.

        The server is asked each time, from any thread. Raises SQLAlchemy's error when it has ended the transaction.
        """
        asking = threading.Lock()
        with self._relay.connect() as connection, connection.begin():

            def mine() -> bool:
                with asking:
                    return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({RELAYING})").scalar())

            yield mine

    def tidy(self) -> None:
        """Nothing: autovacuum frees what was erased. When its bytes are gone from disk is PostgreSQL's to say."""

    def close(self) -> None:
        for engine in (self.writer, self._views, self._relay):
            engine.dispose()
