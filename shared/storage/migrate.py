"""Bring a service's database to the schema of its code. Each service has its own history of migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from shared.storage.database import Database

_ENV = Path(__file__).parent / "alembic"


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_ENV))
    config.set_main_option("version_locations", str(migrations))
    config.set_main_option("path_separator", "newline")
    return config


def heads(migrations: Path) -> tuple[str, ...]:
    """Every revision of a history, oldest first; the last is the head."""
    script = ScriptDirectory.from_config(_config(migrations))
    return tuple(r.revision for r in reversed(list(script.walk_revisions())))


def revision_of(database: Database) -> str | None:
    """The revision that a database is at; None when it is empty."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, migrations: Path, to: str = "head") -> None:
    """Run what is missing, all of it or nothing."""
    _run(database, migrations, to, command.upgrade)


def downgrade(database: Database, migrations: Path, to: str = "base") -> None:
    """Go back. Loses what the older schema cannot hold."""
    _run(database, migrations, to, command.downgrade)


def _run(database: Database, migrations: Path, to: str, run: object) -> None:
    config = _config(migrations)
    with database.writer.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        assert callable(run)
        run(config, to)
