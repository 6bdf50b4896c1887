"""INSERT … ON CONFLICT, which both databases have and spell alike, but SQLAlchemy keeps in a dialect each."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgres
from sqlalchemy.dialects.sqlite import insert as sqlite
from sqlalchemy.dialects.sqlite.dml import Insert
from sqlalchemy.sql.dml import ReturningInsert


def insert(connection: Connection, table: Table) -> Insert:
    """The INSERT of the database that a connection leads to, with `on_conflict_do_update` and `on_conflict_do_nothing`."""
    return _insert(connection.dialect.name, table)


def put(connection: Connection, table: Table, row: Mapping[str, Any], newer: str | None = None) -> bool:
    """Write a row, over the one with its primary key. False when that one is as high in the column `newer`: it stays."""
    return connection.execute(_put(connection.dialect.name, table, tuple(row), newer), row).first() is not None


@cache
def _put(dialect: str, table: Table, columns: tuple[str, ...], newer: str | None) -> ReturningInsert[Any]:
    """Made once: to make a statement costs as much as to run it."""
    query, key = _insert(dialect, table), list(table.primary_key)
    new = {column: query.excluded[column] for column in columns if not table.c[column].primary_key}
    lower = table.c[newer] < query.excluded[newer] if newer else None
    return query.on_conflict_do_update(index_elements=key, set_=new, where=lower).returning(*key)


def _insert(dialect: str, table: Table) -> Insert:
    made = sqlite if dialect == "sqlite" else postgres
    return made(table)  # pyright: ignore[reportReturnType] - the two share the methods that we use
