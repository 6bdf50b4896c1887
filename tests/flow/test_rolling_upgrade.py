"""A release and the one before it, side by side on one database and one stream, while an upgrade goes on.

Nothing has been released yet, so the release before is played: by the schema of each earlier revision, by the golden events of
each version ever written, and by events with fields that this code has not heard of.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from shared.events.catalogue import events
from shared.messaging.hears import Hears, Listening
from shared.messaging.record import Record, open_envelope
from shared.storage.database import Database
from shared.storage.migrate import heads, upgrade
from shared.storage.store import Store
from tests.conformance.test_storage import STORES, url_of
from tests.servers import drop

SERVICES = ("intake", "directory", "matching", "notify")
GOLDEN = sorted(Path("tests/contracts/golden").glob("*.json"))


def migrations(service: str) -> Path:
    return Path("services") / service / "storage" / "migrations"


@pytest.fixture(params=STORES.values(), ids=STORES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    made = Database(request.param(tmp_path))
    yield made
    made.close()
    if made.url.get_backend_name() != "sqlite":
        drop(url_of(made))


@pytest.mark.parametrize("service", SERVICES)
def test_the_release_before_still_writes_after_the_schema_has_moved_on(service: str, database: Database) -> None:
    """What an older revision knew of each table can still be inserted and read at the head."""
    upgrade(database, migrations(service), heads(migrations(service))[0])
    with database.reading() as connection:
        before = sa.MetaData()
        before.reflect(connection)
    upgrade(database, migrations(service))
    for table in before.sorted_tables:
        if table.name == "alembic_version":
            continue
        with database.writer.connect() as connection, connection.begin():
            connection.execute(table.insert().values({c.name: some(c) for c in table.columns}))
            assert len(connection.execute(sa.select(table)).all()) >= 1, table.name


def some(column: sa.Column[Any]) -> Any:
    """A value that fits."""
    kind = column.type.python_type
    return {int: 7, bool: False, bytes: b"x"}.get(kind, "1" if kind is str else None)


@pytest.mark.parametrize("service", SERVICES)
def test_the_release_before_finds_a_newer_schema_in_order(service: str, database: Database, tmp_path: Path) -> None:
    older = tmp_path / "older"
    older.mkdir()
    first = sorted(migrations(service).glob("0001_*.py"))[0]
    (older / first.name).write_text(first.read_text())
    upgrade(database, migrations(service))
    store = Store(url_of(database), lambda uow: uow, older)
    store.migrate()
    assert store.current()
    store.database.close()


@pytest.mark.parametrize("golden", GOLDEN, ids=[file.stem for file in GOLDEN])
def test_what_either_release_says_the_other_hears(golden: Path) -> None:
    """The event as it was first written, and as a later release may write it: with a field more."""
    event = next(e for e in events().values() if golden.stem.startswith(e.type))
    written = json.loads(golden.read_text())
    body = written.get("body", written)
    listening = Listening([Hears(event, lambda *_: None, as_="it")])
    for said in (body, {**body, "heard_of_next_year": {"deep": [1]}} if body else None):
        value = None if event.tombstone else json.dumps(said).encode()
        headers = {
            "ce_specversion": "1.0",
            "ce_id": "e1",
            "ce_source": "/x",
            "ce_type": event.type,
            "ce_time": "2026-11-28T00:00:00Z",
            "ce_sequence": "1",
            "ce_nextyear": "more",
            "content-type": "application/json",
        }
        pairs = tuple((name, text.encode()) for name, text in headers.items())
        envelope = open_envelope(Record(event.stream, 0, 1, b"k", pairs, value))
        (hears,) = listening.to(envelope)
        assert listening.read(hears, envelope).type == event.type
