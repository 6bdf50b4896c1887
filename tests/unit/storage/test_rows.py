"""Rows by their key: a name that the table does not have is never dropped in silence."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, create_engine

from shared.storage.rows import add, change, get, put, put_all

THINGS = Table("things", MetaData(), Column("name", String, primary_key=True), Column("number", Integer))


@pytest.fixture
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as connection:
        THINGS.create(connection)
        yield connection


def test_a_row_is_put_added_changed_and_read(connection: Connection) -> None:
    assert add(connection, THINGS, {"name": "a", "number": 1})
    assert not add(connection, THINGS, {"name": "a", "number": 2}), "the first stays"
    put_all(connection, THINGS, [{"name": "b", "number": 1}, {"name": "c", "number": 1}])
    assert put(connection, THINGS, {"name": "b", "number": 5}, newer="number")
    assert not put(connection, THINGS, {"name": "b", "number": 5}, newer="number"), "no newer"
    change(connection, THINGS, {"name": "c"}, {"number": 7})
    change(connection, THINGS, {"name": "nobody"}, {"number": 7})
    found = {name: row.number for name in "abcd" if (row := get(connection, THINGS, name=name))}
    assert found == {"a": 1, "b": 5, "c": 7}


@pytest.mark.parametrize(
    "odd",
    [
        lambda c: add(c, THINGS, {"name": "a", "colour": "red"}),
        lambda c: put(c, THINGS, {"name": "a", "colour": "red"}),
        lambda c: put_all(c, THINGS, [{"name": "a", "colour": "red"}]),
        lambda c: change(c, THINGS, {"name": "a"}, {"colour": "red"}),
        lambda c: change(c, THINGS, {"number": 1}, {"name": "b"}),
        lambda c: get(c, THINGS, name="a", number=1),
        lambda c: get(c, THINGS),
    ],
)
def test_a_name_that_the_table_does_not_have_or_another_key_is_refused(
    connection: Connection, odd: Callable[[Connection], object]
) -> None:
    with pytest.raises(KeyError):
        odd(connection)
