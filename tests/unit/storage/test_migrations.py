"""A database can be brought from any release to the newest, and what the code expects is what the migrations made."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import MetaData, text

from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.kernel.ids import IdeaId
from shared.storage.database import Database
from shared.storage.migrate import downgrade, heads, revision_of, upgrade
from shared.storage.tables import SPINE
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.stage import NOW

ROOT = Path(__file__).parents[3]
HISTORIES = sorted(ROOT.glob("services/*/storage/migrations"))
RELEASES = [(history, revision) for history in HISTORIES for revision in heads(history)]


def name(value: object) -> str:
    return value.parents[1].name if isinstance(value, Path) else str(value)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/one.db")
    yield made
    made.close()


def shape(database: Database) -> dict[str, str]:
    """What is in a database: the words that made each table and index, as SQLite keeps them."""
    query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    with database.reading() as connection:
        found = {row.name: " ".join(row.sql.replace('"', "").split()) for row in connection.execute(query)}
    return {name: sql for name, sql in found.items() if name != "alembic_version"}


def expected(folder: Path, *known: MetaData) -> dict[str, str]:
    """What the tables that the code knows would make."""
    made = Database(f"sqlite:///{folder}/expected.db")
    with made.writer.begin() as connection:
        for metadata in known:
            metadata.create_all(connection)
    found = shape(made)
    made.close()
    return found


def tables_of(history: Path) -> MetaData:
    return import_module(f"services.{name(history)}.storage.tables").METADATA


FIRST = """
from shared.storage import spine
revision = "first"
down_revision = None
upgrade, downgrade = spine.create_0001, spine.drop_0001
"""
BROKEN = """
import sqlalchemy as sa
from alembic import op
revision = "second"
down_revision = "first"
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    raise ValueError("the lights went out")
def downgrade(): ...
"""


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.py").write_text(FIRST)
    return folder


def test_the_spine_goes_up_down_and_up_again(database: Database, history: Path, tmp_path: Path) -> None:
    assert revision_of(database) is None
    upgrade(database, history)
    assert shape(database) == expected(tmp_path, SPINE)
    downgrade(database, history)
    assert (shape(database), revision_of(database)) == ({}, None)
    upgrade(database, history)
    assert revision_of(database) == "first"


def test_a_migration_that_fails_leaves_the_database_as_it_was(database: Database, history: Path) -> None:
    upgrade(database, history)
    before = shape(database)
    (history / "0002_second.py").write_text(BROKEN)
    with pytest.raises(ValueError, match="lights"):
        upgrade(database, history)
    assert (shape(database), revision_of(database)) == (before, "first")


@pytest.mark.parametrize("history", HISTORIES, ids=name)
def test_a_service_goes_up_to_what_its_code_expects_and_down_to_nothing(
    database: Database, history: Path, tmp_path: Path
) -> None:
    upgrade(database, history)
    assert shape(database) == expected(tmp_path, SPINE, tables_of(history))
    downgrade(database, history)
    assert shape(database) == {}
    upgrade(database, history)
    assert revision_of(database) == heads(history)[-1]


@pytest.mark.parametrize(("history", "release"), RELEASES, ids=name)
def test_every_release_comes_to_the_newest_with_what_it_has_said(
    database: Database, history: Path, release: str, tmp_path: Path
) -> None:
    upgrade(database, history, release)
    with unit_of_work(database) as work:
        work.say(IdeaWithdrawn(idea_id=IdeaId("k"), sequence=1, at=NOW))
    upgrade(database, history)
    assert shape(database) == expected(tmp_path, SPINE, tables_of(history))
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM outbox")).scalar() == 1


def test_every_service_has_a_history() -> None:
    assert [name(history) for history in HISTORIES] == sorted(
        file.parent.name for file in ROOT.glob("services/*/service.py")
    )
