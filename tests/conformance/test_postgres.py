"""What only PostgreSQL can get wrong: several who write, several who relay, rows that are seen later than their number."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, text, update
from sqlalchemy.exc import OperationalError

from deploy.urls import PREFIXES
from services.notify.domain.delivery import LEASE, Delivery
from services.notify.storage.work import SqlWork
from shared.messaging.record import Record
from shared.messaging.relay import Mine, relay_once
from shared.messaging.transport import Batch, Verdict
from shared.storage import outbox
from shared.storage.database import Database
from shared.storage.migrate import downgrade, heads, revision_of, upgrade
from shared.storage.store import Store
from shared.storage.tables import SPINE
from shared.storage.unit_of_work import unit_of_work
from tests.conformance.records import record
from tests.conformance.stage import EFFECTS, Hearer, gone, opened
from tests.conformance.test_storage import at_once, number_of, url_of
from tests.servers import drop, fresh_database, postgres

SERVICES = Path("services")


@pytest.fixture
def database() -> Iterator[Database]:
    made = opened(fresh_database())
    yield made
    made.close()
    drop(url_of(made))


def test_two_commands_on_one_idea_at_once_both_count(database: Database) -> None:
    with unit_of_work(database) as work:
        work.connection.execute(insert(EFFECTS).values(key="k", number=0))
    replicas = [Database(url_of(database)) for _ in range(4)]
    mine = iter(replicas)

    def add() -> None:
        here = next(mine)
        for _ in range(25):
            with unit_of_work(here) as work:
                number = number_of(work.connection)
                time.sleep(0.0005)  # as a command thinks
                work.connection.execute(update(EFFECTS).values(number=number + 1))

    at_once(add, 4)
    with database.reading() as connection:
        assert number_of(connection) == 100
    for replica in replicas:
        replica.close()


def test_a_row_that_commits_late_is_not_skipped_by_a_relay(database: Database) -> None:
    """The first takes its number, is slow to commit; the second may not be seen before it."""
    twin, begun, told = Database(url_of(database)), threading.Event(), list[int]()

    def slow() -> None:
        with unit_of_work(database) as work:
            work.say(gone("a", 1))
            work.flush()  # the row has its number now
            begun.set()
            time.sleep(0.3)

    def tell(records: Sequence[Record], _: Mine) -> list[bool]:
        told.extend(record.position for record in records)
        return [True] * len(records)

    late = threading.Thread(target=slow)
    late.start()
    begun.wait(10)
    quick = threading.Thread(target=lambda: say(twin, "b"))
    quick.start()
    while len(told) < 2:
        relay_once("speaker", twin, tell)
    late.join()
    quick.join()
    assert told == sorted(told)
    twin.close()


def say(database: Database, key: str) -> None:
    with unit_of_work(database) as work:
        work.say(gone(key, 1))


def test_one_relays_at_a_time_and_the_other_takes_over_when_it_is_killed(database: Database) -> None:
    twin = Database(url_of(database))
    say(database, "k")
    with pytest.raises(OperationalError), database.relaying() as first:  # the killed one is told when it ends
        assert first()
        with twin.relaying() as second:
            assert not second()
        assert relay_once("speaker", twin, lambda records, _: [True] * len(records)) is False
        end_relaying(database)
        told: list[Record] = []
        assert relay_once("speaker", twin, lambda records, _: (told.extend(records), [True] * len(records))[1]) is None
    assert [record.key for record in told] == [b"k"]
    twin.close()


def end_relaying(database: Database) -> None:
    """As when the process that relays is killed, or its machine slept for longer than the server waits."""
    with postgres().connect(database.url.database or "") as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 2")


def test_two_relays_at_once_tell_each_record_and_keep_every_key_in_order(database: Database) -> None:
    for number in range(60):
        with unit_of_work(database) as work:
            work.say(gone(f"k{number % 5}", number))
    twin, told, lock = Database(url_of(database)), list[Record](), threading.Lock()

    def tell(records: Sequence[Record], _: Mine) -> list[bool]:
        with lock:
            told.extend(records)
        return [True] * len(records)

    mine = iter([database, twin])

    def relay() -> None:
        here = next(mine)
        for _ in range(20):
            relay_once("speaker", here, tell)

    at_once(relay, 2)
    assert len(told) == 60, "each once: one relayed at a time"
    for key in range(5):
        positions = [record.position for record in told if record.key == f"k{key}".encode()]
        assert positions == sorted(positions)
    twin.close()


def test_a_view_holds_one_moment_and_cannot_write(database: Database) -> None:
    with database.reading() as view:
        assert number_of(view) == 0
        with unit_of_work(database) as work:
            work.connection.execute(insert(EFFECTS).values(key="k", number=1))
        assert number_of(view) == 0


def test_a_foreign_record_with_a_nul_anywhere_stops_nothing(database: Database) -> None:
    """PostgreSQL takes no NUL as text, so it could be neither looked for nor put aside."""
    ear = Hearer("hearer", database)
    bad = [
        record(1, b"a\0b"),
        record(2, ce_id=b"e\0"),
        record(3, ce_type=b"t\0"),
        record(4, ce_id=b"e4", added__later=b"\0"),
        record(5, ce_id=b"e5", body=b'{"idea_id":"k\\u0000"}'),
        record(6, ce_id=b"e6", body=b"\0"),
    ]
    good = record(7, b"other", b'{"idea_id":"other"}', ce_id=b"e7")
    assert ear.dispatch.handle(Batch([*bad, good])) is Verdict.DONE
    assert ear.effects() == [("other", 1)]
    assert [row.key for row in ear.parked()] == ["a\ufffdb", "k", "k", "k", "k", "k"]
    for row in ear.parked():
        assert ear.dispatch.replay(row.id), "refused again"
    assert len(ear.parked()) == len(bad)


@pytest.mark.parametrize("service", PREFIXES)
def test_the_migrations_make_the_tables_that_the_code_knows_and_go_back(service: str) -> None:
    import importlib

    database, migrations = Database(fresh_database()), SERVICES / service / "storage" / "migrations"
    metadata = importlib.import_module(f"services.{service}.storage.tables").METADATA
    upgrade(database, migrations)
    assert revision_of(database) == heads(migrations)[-1]
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, [metadata, SPINE]) == []
    downgrade(database, migrations)
    with database.reading() as connection:
        left = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
    assert left == ["alembic_version"]
    database.close()
    drop(url_of(database))


def test_what_is_waiting_for_the_relay_is_counted(database: Database) -> None:
    say(database, "k")
    with database.reading() as connection:
        count, since = outbox.waiting(connection, 0)
    assert count == 1
    assert since


def test_a_host_that_vanishes_does_not_hold_a_thread_for_long(database: Database) -> None:
    """The kernel knows how long it may send in vain: without a limit it tries for a quarter of an hour."""
    with database.reading() as reads, unit_of_work(database) as work:
        for connection in (reads, work.connection):
            raw = connection.connection.driver_connection
            assert raw
            with socket.socket(fileno=os.dup(raw.fileno())) as line:
                assert 0 < line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 30_000


def test_a_replica_whose_clock_is_ahead_takes_no_message_out_of_anothers_hands() -> None:
    store = Store(fresh_database(), SqlWork, SERVICES / "notify" / "storage" / "migrations")
    store.migrate()
    now = datetime.now(UTC)
    with store.writing() as work:
        work.deliveries.add(Delivery("receipt-1", "receipt", "holder", now, now))
        mine = work.deliveries.claim(now)
    assert mine
    with store.writing() as work:
        assert work.deliveries.claim(now + 10 * LEASE) is None, "an hour ahead"
        work.deliveries.put(replace(mine, claimed_at=now - 2 * LEASE))
        left = work.deliveries.claim(now - 10 * LEASE)
        assert left and left.unsure, "its process died, and an hour behind finds it too"
    store.database.close()
    drop(url_of(store.database))
