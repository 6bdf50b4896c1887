"""What every database of a service keeps. Each case opens its own, on SQLite and on PostgreSQL."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from shared.events.contact_given import ContactGiven
from shared.kernel.ids import IdeaId, LanguageTag
from shared.storage import inbox, outbox, parked, places
from shared.storage.database import Database
from shared.storage.parked import Parked
from shared.storage.store import Store
from shared.storage.tables import outbox as said_table
from shared.storage.unit_of_work import UnitOfWork, unit_of_work
from tests.conformance.stage import EFFECTS, NOW, Killed, gone, opened
from tests.servers import drop, fresh_database

SENTENCE = "Cykelköket vid Testgatan 12"
STORES: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: f"sqlite:///{folder}/one.db",
    "postgres": lambda _: fresh_database(),
}


@pytest.fixture(params=STORES.values(), ids=STORES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    made = opened(request.param(tmp_path))
    yield made
    made.close()
    if made.url.get_backend_name() != "sqlite":
        drop(url_of(made))


def url_of(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def given(key: str, name: str, number: int = 1) -> ContactGiven:
    language = LanguageTag("sv")
    return ContactGiven(
        idea_id=IdeaId(key),
        name=name,
        email=None,
        phone=None,
        reach="none",
        language=language,
        sequence=number,
        at=NOW,
    )


def put_aside(key: str, body: bytes | None) -> Parked:
    return Parked("note", "intake.ideas", 0, 7, key, "e7", "t", [("a", b""), ("b", None)], body, "why", 1, "2026")


def number_of(connection: Connection) -> int:
    return connection.execute(select(func.coalesce(func.max(EFFECTS.c.number), 0))).scalar_one()


def test_state_outbox_inbox_and_place_are_committed_together_or_not_at_all(database: Database) -> None:
    def everything(work: UnitOfWork) -> None:
        work.connection.execute(insert(EFFECTS).values(key="k", number=1))
        work.say(gone("k"))
        work.mark("note", "e1", NOW)
        places.move(work.connection, "intake/intake.ideas", 3)
        parked.park(work.connection, put_aside("k", b"{}"))

    def there() -> list[bool]:
        with database.reading() as connection:
            return [
                number_of(connection) == 1,
                bool(outbox.of_key(connection, "k")),
                bool(inbox.heard(connection, {("note", "e1")})),
                places.place(connection, "intake/intake.ideas") == 3,
                parked.count(connection) == 1,
            ]

    with pytest.raises(Killed), unit_of_work(database) as work:
        everything(work)
        work.flush()
        raise Killed
    assert not any(there())
    with unit_of_work(database) as work:
        everything(work)
        assert not any(there()), "nobody sees what is not committed"
    assert all(there())


def test_two_who_mark_the_same_event_at_once_are_one(database: Database) -> None:
    first: list[bool] = []

    def mark() -> None:
        with unit_of_work(database) as work:
            first.append(inbox.mark(work.connection, "note", "e1", NOW))

    at_once(mark, 8)
    assert sorted(first) == [False] * 7 + [True]


def test_a_reading_and_writing_of_many_at_once_loses_nothing(database: Database) -> None:
    with unit_of_work(database) as work:
        work.connection.execute(insert(EFFECTS).values(key="k", number=0))

    def add() -> None:
        for _ in range(25):
            with unit_of_work(database) as work:
                number = number_of(work.connection)
                work.connection.execute(update(EFFECTS).values(number=number + 1))

    at_once(add, 2)
    with database.reading() as connection:
        assert number_of(connection) == 50


def test_two_processes_on_one_database_lose_nothing_either(database: Database) -> None:
    twin = Database(url_of(database))
    with unit_of_work(database) as work:
        work.connection.execute(insert(EFFECTS).values(key="k", number=0))
    both = iter([database, twin])

    def add() -> None:
        mine = next(both)
        for _ in range(25):
            with unit_of_work(mine) as work:
                work.connection.execute(update(EFFECTS).values(number=number_of(work.connection) + 1))
                work.say(gone("k"))

    at_once(add, 2)
    twin.close()
    with database.reading() as connection:
        assert number_of(connection) == 50
        positions = [row.position for row in outbox.of_key(connection, "k")]
    assert positions == sorted(set(positions))
    assert len(positions) == 50


def test_another_process_that_comes_and_goes_takes_nothing_away(tmp_path: Path) -> None:
    """As `gort trace` does beside a running platform: the last to leave removes SQLite's log, and must not think it is."""
    file = tmp_path / "one.db"
    database = opened(f"sqlite:///{file}")
    look = (
        f"import sqlite3; c = sqlite3.connect('{file}'); print(c.execute('SELECT count(*) FROM outbox').fetchone()[0])"
    )

    def seen_from_outside() -> int:
        return int(subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout)

    for number in range(1, 4):
        with database.reading(), database.reading(), database.reading():  # connections are made meanwhile
            with unit_of_work(database) as work:
                work.say(gone("k", number))
            assert seen_from_outside() == number
            assert seen_from_outside() == number
    with database.reading() as connection:
        assert len(outbox.of_key(connection, "k")) == 3
    database.close()


def test_a_view_sees_one_moment_and_refuses_to_write(database: Database, tmp_path: Path) -> None:
    store = Store(url_of(database), lambda uow: uow, tmp_path)
    with store.reading() as view:
        assert number_of(view.connection) == 0
        with unit_of_work(database) as work:
            work.connection.execute(insert(EFFECTS).values(key="k", number=1))
        assert number_of(view.connection) == 0, "the moment when it began"
        for change in (lambda: view.say(gone("k")), lambda: view.forget("k"), view.notice):
            with pytest.raises(RuntimeError):
                change()
        with pytest.raises(DBAPIError):
            view.connection.execute(insert(EFFECTS).values(key="k", number=2))
    store.database.close()
    with database.reading() as connection:
        assert number_of(connection) == 1


def test_listeners_are_woken_after_the_commit_and_only_then(database: Database) -> None:
    seen: list[int] = []

    def look() -> None:
        with database.reading() as connection:
            seen.append(len(outbox.of_key(connection, "k")))

    stop = database.watch(look)
    with pytest.raises(Killed), unit_of_work(database) as work:
        work.say(gone("k"))
        raise Killed
    with unit_of_work(database) as work:
        work.connection.execute(insert(EFFECTS).values(key="k", number=1))
    assert seen == []
    with unit_of_work(database) as work:
        work.say(gone("k"))
    assert seen == [1]
    stop()
    with unit_of_work(database) as work:
        work.notice()
    assert seen == [1]


def test_a_listener_whose_loop_is_closed_does_not_undo_a_commit(database: Database) -> None:
    def late() -> None:
        raise RuntimeError("Event loop is closed")

    database.watch(late)
    with unit_of_work(database) as work:
        work.say(gone("k"))
    with database.reading() as connection:
        assert len(outbox.of_key(connection, "k")) == 1


def test_forgotten_words_are_in_no_row_and_in_no_file_of_sqlite(database: Database, tmp_path: Path) -> None:
    long = SENTENCE + " och mycket mer" * 1000  # more than a page: SQLite keeps it in pages of its own
    with unit_of_work(database) as work:
        work.say(given("k", SENTENCE))
        work.say(given("long", long))
        work.say(given("other", "Någon annan"))
        parked.park(work.connection, put_aside("k", SENTENCE.encode()))
    here = database.url.get_backend_name() == "sqlite"  # PostgreSQL's files are its own, and freed when it vacuums
    assert bool(found_on_disk(tmp_path)) is here
    with unit_of_work(database) as work:
        work.say(gone("k", 2))
        work.forget("k")
        work.forget("long")
    database.tidy()
    assert not found_on_disk(tmp_path)
    with database.reading() as connection:
        assert [row.body is None for row in outbox.of_key(connection, "k")] == [True, False], "that it was said stays"
        assert all(row.body is None for row in parked.everything(connection))
        assert outbox.of_key(connection, "other")[0].body


def test_what_is_parked_comes_back_as_it_was(database: Database) -> None:
    with unit_of_work(database) as work:
        row_id = parked.park(work.connection, put_aside("k", b"\x00\xff"))
    with database.reading() as connection:
        row = parked.one(connection, row_id)
        assert row is not None
        assert (row.headers, row.body) == ([("a", b""), ("b", None)], b"\x00\xff")


def test_compaction_keeps_the_newest_of_each_key_and_a_log_never_reuses_a_position(database: Database) -> None:
    stream = ContactGiven.stream
    for number in range(3):
        with unit_of_work(database) as work:
            work.say(given("a", "A", number))
            work.say(given("b", "B", number))
    with unit_of_work(database) as work:
        assert outbox.compact(work.connection, stream) == 4
    with database.reading() as connection:
        kept = outbox.after(connection, stream, 0, 99)
    assert [(row.key, row.sequence) for row in kept] == [("a", 2), ("b", 2)]
    with unit_of_work(database) as work:
        assert outbox.prune(work.connection, stream, NOW + timedelta(days=1)) == 2
        work.say(given("c", "C"))
    with database.reading() as connection:
        assert connection.execute(select(said_table.c.position)).scalars().all() == [7]


def test_a_tombstone_goes_when_its_time_has_come_and_the_living_stay(database: Database) -> None:
    with unit_of_work(database) as work:
        work.say(given("a", "A"))
        work.say(given("b", "B"))
    with unit_of_work(database) as work:
        work.forget("a")
        assert outbox.drop_tombstones(work.connection, ContactGiven.stream, NOW) == 0
        assert outbox.drop_tombstones(work.connection, ContactGiven.stream, NOW + timedelta(days=1)) == 1
    with database.reading() as connection:
        assert [row.key for row in outbox.after(connection, ContactGiven.stream, 0, 9)] == ["b"]


def at_once(act: Callable[[], None], threads: int) -> None:
    """Let several threads do the same at the same time; what one raises is raised here."""
    ready, raised = threading.Barrier(threads), list[BaseException]()

    def run() -> None:
        try:
            ready.wait(10)
            act()
        except BaseException as error:
            raised.append(error)

    started = [threading.Thread(target=run) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join(60)
    assert not raised, raised


def found_on_disk(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if SENTENCE.encode() in file.read_bytes()]
