"""One file with everything that a platform keeps, and a platform from such a file.

The databases are copied one after the other while the services run, the idea's own last: what the others lack of it, they
hear again. Restored services hear everything again that is still kept; their inboxes know what they had heard.
"""

import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import psycopg
from sqlalchemy import URL

from deploy.errors import CommandFailed
from deploy.postgres import binary
from shared.runtime.service import Service
from shared.storage import places
from shared.storage.unit_of_work import unit_of_work

ORDER = ("notify", "matching", "directory", "intake")
FORMAT = 1


def backup(services: Mapping[str, Service], data: Path, file: Path) -> dict[str, object]:
    """Write the file, or put it in the place of one that is there; for its owner alone. Returns its manifest.

    Raise `CommandFailed`.
    """
    made = datetime.now(UTC).isoformat(timespec="seconds")
    with tempfile.TemporaryDirectory(dir=file.resolve().parent) as folder:
        for name in ORDER:
            _dump(services[name].store.database.url, Path(folder, name))
        kinds = {name: services[name].store.database.url.get_backend_name() for name in ORDER}
        manifest: dict[str, object] = {"format": FORMAT, "made": made, "services": kinds}
        whole = Path(folder, "whole")
        with _private(whole) as raw, tarfile.open(fileobj=raw, mode="w:gz") as tar:
            _add(tar, "manifest.json", json.dumps(manifest).encode())
            if (data / "secret").exists():
                tar.add(data / "secret", "secret")
            for name in ORDER:
                tar.add(Path(folder, name), name)
        whole.replace(file.resolve())
    return manifest


def restore(
    services: Mapping[str, Service], data: Path, file: Path, checked: Callable[[], None] = lambda: None
) -> dict[str, object]:
    """Fill empty databases from a backup, and rewind what each has heard.

    `checked` is called when all that can be known before is well. Raise `CommandFailed`. Nothing is changed when the file or
    the databases will not do; one that cannot be loaded stays empty, those before it are filled: empty them, try again.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(file) as tar:
                tar.extractall(folder, filter="data")
            manifest: dict[str, object] = json.loads(Path(folder, "manifest.json").read_text())
        except (OSError, tarfile.TarError, ValueError) as error:
            raise CommandFailed(f"{file} is no backup of ours, or is damaged ({type(error).__name__}).") from error
        if manifest.get("format") != FORMAT:
            raise CommandFailed(f"{file} is of format {manifest.get('format')}; this release reads {FORMAT}.")
        urls = {name: services[name].store.database.url for name in ORDER}
        kinds = {name: url.get_backend_name() for name, url in urls.items()}
        if manifest["services"] != kinds:
            raise CommandFailed("The backup is of another kind of database than the settings name.")
        if full := [name for name, url in urls.items() if not _empty(url)]:
            raise CommandFailed(f"Not empty: {', '.join(full)}. Restore into empty databases; move these away first.")
        checked()
        kept = Path(folder, "secret")
        if kept.exists():
            _secret(kept.read_text(), data)
        for name, url in urls.items():
            _load(Path(folder, name), url)
            services[name].store.migrate()
            with unit_of_work(services[name].store.database) as work:
                places.rewind(work.connection)
    return manifest


def _dump(url: URL, file: Path) -> None:
    if url.get_backend_name() == "sqlite":
        if not Path(url.database or "").exists():
            raise CommandFailed(f"{url.database} is not there: nothing to back up. Is GORT_DATA right?")
        original = f"file:{url.database}?mode=ro"
        with closing(sqlite3.connect(original, uri=True)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
        return
    _run([binary("pg_dump"), "--format=custom", f"--file={file}", f"--dbname={_named(url)}"], url)


def _load(file: Path, url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        target = Path(url.database or "")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _private(target).close()  # it is not there yet: SQLite would make it for all to read
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return
    _run([binary("pg_restore"), "--no-owner", "--single-transaction", f"--dbname={_named(url)}", str(file)], url)


def _empty(url: URL) -> bool:
    if url.get_backend_name() == "sqlite":
        return not Path(url.database or "").exists()
    try:
        with psycopg.connect(_plain(url), connect_timeout=5) as connection:
            found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    except psycopg.OperationalError as error:
        raise CommandFailed(
            f"PostgreSQL does not let us into {url.database}. Is it up, and the database made?"
        ) from error
    return found == (0,)


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _named(url: URL) -> str:
    """Without the password: other users of the machine can read what a program was started with."""
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query).render_as_string()


def _run(command: list[str], url: URL) -> None:
    environment = {**os.environ, "PGPASSWORD": str(url.password or "")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{Path(command[0]).name} failed: {done.stderr.strip()[-400:]}")


def _secret(text: str, data: Path) -> None:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "secret").unlink(missing_ok=True)
    with _private(data / "secret") as file:
        file.write(text.encode())


def _private(file: Path) -> BinaryIO:
    """A new file, for its owner alone."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _add(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(body), 0o600
    tar.addfile(entry, io.BytesIO(body))
