"""All databases as they are at one moment, while the services go on: nobody has heard what its sender's copy has not said.

Each database has one writer at a time. We take every turn at once, look at each database, and give the turns back, within
milliseconds; what is copied afterwards is what we looked at.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg
from sqlalchemy import URL

from deploy.errors import CommandFailed
from deploy.postgres import binary
from shared.storage.postgres import WRITING

PATIENCE = 10  # s that somebody's turn to write may take

Copy = Callable[[Path], None]  # write what was there at the moment to a file


@contextmanager
def one_moment(databases: Mapping[str, URL]) -> Generator[Mapping[str, Copy]]:
    """What copies each, until the block ends. Raise `CommandFailed`."""
    with ExitStack() as views:
        with ExitStack() as turns:
            for url in databases.values():
                turns.enter_context(_turn(url))
            copies = {name: views.enter_context(_view(url)) for name, url in databases.items()}
        yield copies


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
    """Raise `CommandFailed` when PostgreSQL does not let us in."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        return psycopg.connect(plain, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise CommandFailed(
            f"PostgreSQL does not let us into {url.database}. Is it up, and the database made?"
        ) from error


@contextmanager
def _turn(url: URL) -> Generator[None]:
    """Nobody else writes."""
    try:
        if url.get_backend_name() == "sqlite":
            if not Path(url.database or "").exists():
                raise CommandFailed(f"{url.database} is not there: nothing to back up. Is GORT_DATA right?")
            with closing(sqlite3.connect(url.database or "", timeout=PATIENCE, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield
        else:
            with connected(url) as connection:
                connection.execute("SELECT set_config('lock_timeout', %s, true)", (f"{PATIENCE}s",))
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITING,))
                yield
    except (sqlite3.OperationalError, psycopg.errors.LockNotAvailable) as error:
        raise CommandFailed(f"{url.database} could not be looked at: {type(error).__name__}: {error}") from error


@contextmanager
def _view(url: URL) -> Generator[Copy]:
    """What others write from now on is not seen."""
    if url.get_backend_name() == "sqlite":
        original = f"file:{url.database}?mode=ro"
        with closing(sqlite3.connect(original, uri=True, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield partial(_copied, connection)
    else:
        with connected(url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            yield partial(_dumped, url, snapshot)


def _copied(source: sqlite3.Connection, file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        source.backup(copy)


def _dumped(url: URL, snapshot: str, file: Path) -> None:
    run(
        [
            binary("pg_dump"),
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--file={file}",
            f"--dbname={named(url)}",
        ],
        url,
    )
