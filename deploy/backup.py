"""One file with everything that a platform keeps, and a platform from such a file.

The databases are copied as they are at one moment, while the services run. Restored services hear everything again that is
still kept; their inboxes know what they had heard.
"""

import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import URL

from deploy.errors import CommandFailed
from deploy.moment import connected, named, one_moment, run
from deploy.postgres import binary
from deploy.urls import PREFIXES
from shared.runtime.service import Service
from shared.storage import places
from shared.storage.unit_of_work import unit_of_work

ORDER = tuple(sorted(PREFIXES))  # of turns: two backups at once take them alike
FORMAT = 1


def backup(services: Mapping[str, Service], data: Path, file: Path) -> dict[str, object]:
    """Write the file, or put it in the place of one that is there; for its owner alone. Returns its manifest.

    Raise `CommandFailed`.
    """
    stores = {name: services[name].store for name in ORDER}
    if empty := [name for name, store in stores.items() if store.database.exists and not store.current()]:
        raise CommandFailed(f"Empty or behind: {', '.join(empty)}. Do the settings lead to the platform's data?")
    made = datetime.now(UTC).isoformat(timespec="seconds")
    with tempfile.TemporaryDirectory(dir=file.resolve().parent) as folder:
        with one_moment({name: store.database.url for name, store in stores.items()}) as copies:
            for name, copy in copies.items():
                copy(Path(folder, name))
        kinds = {name: store.database.url.get_backend_name() for name, store in stores.items()}
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


def _load(file: Path, url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        target = Path(url.database or "")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _private(target).close()  # it is not there yet: SQLite would make it for all to read
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return
    run([binary("pg_restore"), "--no-owner", "--single-transaction", f"--dbname={named(url)}", str(file)], url)


def _empty(url: URL) -> bool:
    if url.get_backend_name() == "sqlite":
        return not Path(url.database or "").exists()
    with connected(url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return found == (0,)


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
