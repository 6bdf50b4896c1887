"""INSERT … ON CONFLICT, which both databases have and spell alike, but SQLAlchemy keeps in a dialect each."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgres
from sqlalchemy.dialects.sqlite import insert as sqlite
from sqlalchemy.dialects.sqlite.dml import Insert


def insert(connection: Connection, table: Table) -> Insert:
    """The INSERT of the database that a connection leads to, with `on_conflict_do_update` and `on_conflict_do_nothing`."""
    made = sqlite if connection.dialect.name == "sqlite" else postgres
    return made(table)  # pyright: ignore[reportReturnType] - the two share the methods that we use
