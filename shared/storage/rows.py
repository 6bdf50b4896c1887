"""One row, by its primary key. Each statement is made once: to make one costs four times as much as to run it.

A name that the table does not have raises `KeyError`. INSERT … ON CONFLICT is spelt alike by both databases, but SQLAlchemy
keeps it in a dialect each.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, Update, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as postgres
from sqlalchemy.dialects.sqlite import insert as sqlite
from sqlalchemy.dialects.sqlite.dml import Insert
from sqlalchemy.sql.dml import ReturningInsert


def get(connection: Connection, table: Table, **key: Any) -> Row[Any] | None:
    """The row, if there is one."""
    return connection.execute(_get(table, tuple(key)), key).one_or_none()


def put(connection: Connection, table: Table, row: Mapping[str, Any], newer: str | None = None) -> bool:
    """Write a row, over the one that is there. False when that one is as high in the column `newer`: it stays."""
    return connection.execute(_put(connection.dialect.name, table, tuple(row), newer), row).first() is not None


def put_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that name the same columns, each over the one that is there, in one round trip."""
    if rows:
        connection.execute(_over(connection.dialect.name, table, tuple(rows[0])), rows)


def add(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Write a row. False when there is one already: it stays."""
    return connection.execute(_add(connection.dialect.name, table, tuple(row)), row).first() is not None


def change(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write some columns of the row, if there is one."""
    told = {f"key_{name}": value for name, value in key.items()}
    connection.execute(_change(table, tuple(key), tuple(values)), {**told, **values})


def insert(connection: Connection, table: Table) -> Insert:
    """The INSERT of the database that a connection leads to, with `on_conflict_do_update` and `on_conflict_do_nothing`."""
    return _insert(connection.dialect.name, table)


@cache
def _get(table: Table, key: tuple[str, ...]) -> Select[Any]:
    return select(table).where(*(column == bindparam(column.name) for column in _key(table, key)))


@cache
def _put(dialect: str, table: Table, columns: tuple[str, ...], newer: str | None) -> ReturningInsert[Any]:
    return _over(dialect, table, columns, newer).returning(*table.primary_key)


@cache
def _over(dialect: str, table: Table, columns: tuple[str, ...], newer: str | None = None) -> Insert:
    query = _insert(dialect, table)
    new = {column: query.excluded[column] for column in columns if not table.c[column].primary_key}
    lower = table.c[newer] < query.excluded[newer] if newer else None
    return query.on_conflict_do_update(index_elements=list(table.primary_key), set_=new, where=lower)


@cache
def _add(dialect: str, table: Table, columns: tuple[str, ...]) -> ReturningInsert[Any]:
    given: dict[Any, Any] = {table.c[column]: bindparam(column) for column in columns}
    return _insert(dialect, table).values(given).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _change(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Update:
    new: dict[Any, Any] = {table.c[column]: bindparam(column) for column in columns}
    where = (column == bindparam(f"key_{column.name}") for column in _key(table, key))
    return update(table).where(*where).values(new)


def _key(table: Table, names: tuple[str, ...]) -> list[Column[Any]]:
    """The columns of the primary key, which these are the names of. Raise `KeyError`."""
    if set(names) != {column.name for column in table.primary_key}:
        raise KeyError(f"{names} is not the key of {table.name}")
    return list(table.primary_key)


def _insert(dialect: str, table: Table) -> Insert:
    made = sqlite if dialect == "sqlite" else postgres
    return made(table)  # pyright: ignore[reportReturnType] - the two share the methods that we use
