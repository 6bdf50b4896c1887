"""All databases as they are at one moment, while the services go on: nobody has heard what its sender's copy has not said.

Each database has one writer at a time. We take every turn at once, look at each database, and give the turns back, within
milliseconds; what is copied afterwards is what we looked at.
"""

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import URL

from deploy.errors import CommandFailed
from deploy.postgres import binary
from shared.storage.postgres import WRITING

PATIENCE = 0.5  # s that we wait for one turn while we may hold others: who writes is patient for ten
TIMES = 20  # that we try

Copy = Callable[[Path], None]  # write what was there at the moment to a file
TURN_TAKEN = (sqlite3.OperationalError, psycopg.errors.LockNotAvailable)


@contextmanager
def one_moment(databases: Mapping[str, URL]) -> Generator[Mapping[str, Copy]]:
    """What copies each, until the block ends. Raise `CommandFailed`."""
    with ExitStack() as open_ones:
        views = {name: open_ones.enter_context(closing(view(url))) for name, url in databases.items()}
        for again in reversed(range(TIMES)):
            try:
                _look_at_all(views)
                break
            except TURN_TAKEN as error:
                if not again:
                    raise CommandFailed(
                        f"Somebody has been writing all the time ({error}). Try again, or see who it is."
                    ) from error
                time.sleep(PATIENCE)
        yield {name: one.copy for name, one in views.items()}


def _look_at_all(views: Mapping[str, "SqliteView | PostgresView"]) -> None:
    with ExitStack() as turns:
        for one in views.values():
            turns.enter_context(one.turn())
        for one in views.values():
            one.look()


def view(url: URL) -> "SqliteView | PostgresView":
    """Raise `CommandFailed` when there is no such database."""
    return SqliteView(url) if url.get_backend_name() == "sqlite" else PostgresView(url)


class SqliteView:
    """Two connections to a file: one that takes the turn to write, one that looks."""

    def __init__(self, url: URL) -> None:
        if not Path(url.database or "").exists():
            raise CommandFailed(f"{url.database} is not there: nothing to back up. Is GORT_DATA right?")
        self._writer = sqlite3.connect(url.database or "", timeout=PATIENCE, isolation_level=None)
        self._looker = sqlite3.connect(f"file:{url.database}?mode=ro", uri=True, isolation_level=None)

    @contextmanager
    def turn(self) -> Generator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._writer.execute("ROLLBACK")

    def look(self) -> None:
        """What others write from now on is not seen."""
        self._looker.execute("BEGIN")
        self._looker.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def copy(self, file: Path) -> None:
        try:
            with closing(sqlite3.connect(file)) as copy:
                self._looker.backup(copy)
        except sqlite3.OperationalError as error:
            raise CommandFailed(f"The copy cannot be written ({error}). Is there room for it?") from error

    def close(self) -> None:
        self._writer.close()
        self._looker.close()


class PostgresView:
    """The same of a database on a server: what is looked at there has a name, which `pg_dump` is told."""

    def __init__(self, url: URL) -> None:
        self._url, self._snapshot = url, ""
        self._writer, self._looker = connected(url), connected(url)
        self._looker.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ

    @contextmanager
    def turn(self) -> Generator[None]:
        with self._writer.transaction():
            self._writer.execute("SELECT set_config('lock_timeout', %s, true)", (f"{PATIENCE * 1000:.0f}ms",))
            self._writer.execute("SELECT pg_advisory_xact_lock(%s)", (WRITING,))
            yield

    def look(self) -> None:
        """What others write from now on is not seen."""
        (self._snapshot,) = self._looker.execute("SELECT pg_export_snapshot()").fetchone() or ("",)

    def copy(self, file: Path) -> None:
        named_so = f"--snapshot={self._snapshot}"
        dump = [binary("pg_dump"), "--format=custom", named_so, f"--file={file}", f"--dbname={named(self._url)}"]
        run(dump, self._url)

    def close(self) -> None:
        self._writer.close()
        self._looker.close()


def run(command: list[str], url: URL) -> None:
    """A program of PostgreSQL's. Raise `CommandFailed` with what it said."""
    environment = {**os.environ, "PGPASSWORD": str(url.password or "")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{Path(command[0]).name} failed: {done.stderr.strip()[-400:]}")


def named(url: URL) -> str:
    """Without the password: other users of the machine can read what a program was started with."""
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query).render_as_string()


def connected(url: URL) -> psycopg.Connection:
    """However long it then says nothing. Raise `CommandFailed` when PostgreSQL does not let us in."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        return psycopg.connect(plain, connect_timeout=5, options="-c idle_in_transaction_session_timeout=0")
    except psycopg.OperationalError as error:
        raise CommandFailed(
            f"PostgreSQL does not let us into {url.database}. Is it up, and the database made?"
        ) from error
