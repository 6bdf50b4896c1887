"""A backup of a running platform is of one moment: no copy has heard what the copy of its sender has not said."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, insert, make_url, select

from deploy.errors import CommandFailed
from deploy.moment import Copy, PostgresView, SqliteView, named, one_moment, run
from deploy.postgres import binary
from shared.storage.database import Database
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.stage import EFFECTS, opened
from tests.conformance.test_storage import url_of
from tests.servers import drop, fresh_database

Open = Callable[[], Database]


@pytest.fixture(params=["sqlite", "postgres"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    made: list[Database] = []

    def one() -> Database:
        url = f"sqlite:///{tmp_path}/{len(made)}.db" if request.param == "sqlite" else fresh_database()
        made.append(opened(url))
        return made[-1]

    yield one
    for database in made:
        database.close()
        if request.param == "postgres":
            drop(url_of(database))


def note(database: Database, number: int) -> None:
    with unit_of_work(database) as work:
        work.connection.execute(insert(EFFECTS).values(reaction="r", key="k", number=number))


def newest(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.max(EFFECTS.c.number))).scalar() or 0


def read_back(copy: Copy, folder: Path, name: str) -> int:
    """The newest number in a copy."""
    copy(folder / f"copy-{name}")
    if name.startswith("sqlite"):
        database = Database(f"sqlite:///{folder}/copy-{name}")
        found = newest(database)
    else:
        url = make_url(fresh_database())
        run([binary("pg_restore"), "--no-owner", f"--dbname={named(url)}", str(folder / f"copy-{name}")], url)
        database = Database(url.render_as_string(hide_password=False))
        found = newest(database)
        drop(url_of(database))
    database.close()
    return found


@contextmanager
def busy(first: Database, second: Database) -> Iterator[None]:
    """What is written to the first is then written to the second, as an event is told and heard."""
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            note(first, number)
            note(second, number)

    writer = threading.Thread(target=work)
    writer.start()
    while newest(second) < 5:
        time.sleep(0.01)
    try:
        yield
    finally:
        stop.set()
        writer.join()


def slowly(look: Callable[[SqliteView | PostgresView], None]) -> Callable[[SqliteView | PostgresView], None]:
    def looking(view: SqliteView | PostgresView) -> None:
        time.sleep(0.05)  # somebody would have written meanwhile
        look(view)

    return looking


def test_all_copies_are_of_one_moment_however_long_they_take_and_nobody_waits_for_them(
    make: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind_of_view in (SqliteView, PostgresView):
        monkeypatch.setattr(kind_of_view, "look", slowly(kind_of_view.look))
    first, second = make(), make()
    kind = first.url.get_backend_name()
    with busy(first, second), one_moment({"first": first.url, "second": second.url}) as copies:
        then = newest(second)
        heard = read_back(copies["second"], tmp_path, f"{kind}-second")
        while newest(second) < then + 20:
            time.sleep(0.01)
        said = read_back(copies["first"], tmp_path, f"{kind}-first")
    assert heard > 0
    assert said - heard in (0, 1)


def test_who_cannot_have_a_turn_says_so_and_gives_back_those_that_it_has(
    make: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.moment.TIMES", 2)
    first, second = make(), make()
    with unit_of_work(second):
        with (
            pytest.raises(CommandFailed, match=r"writing all the time"),
            one_moment({"first": first.url, "second": second.url}),
        ):
            pass
        note(first, 1)
    assert newest(first) == 1
