"""Whoever watches is answered, whatever a database does: Prometheus waits ten seconds for a scrape."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
from sqlalchemy import text

from deploy.postgres import PostgresServer
from deploy.urls import PREFIXES
from shared.storage.unit_of_work import unit_of_work
from tests.running import Running, running, until
from tests.servers import needed

SCRAPE = 10.0  # s: Prometheus's own `scrape_timeout`


def scraped(here: Running) -> str:
    answer = httpx.get(f"{here.address}/metrics", timeout=SCRAPE)
    assert answer.is_success
    return answer.text


@contextmanager
def hanging(server: PostgresServer) -> Iterator[None]:
    """It takes every connection and answers none, those that it has had for long as well."""
    parent = psutil.Process(server.process.pid)
    parent.suspend()  # first: it would have another child meanwhile
    family = [*parent.children(recursive=True), parent]
    for process in family:
        process.suspend()
    try:
        yield
    finally:
        for process in family:
            process.resume()


def test_a_database_that_hangs_is_told_of_in_time_and_the_process_is_not_called_dead(tmp_path: Path) -> None:
    server = needed(lambda: PostgresServer(tmp_path / "postgres"))
    server.start()
    try:
        server.create(*(f"gort_{service}" for service in PREFIXES))
        with running(tmp_path / "data", DATABASE_URL=server.url("gort_{service}")) as here:
            until(lambda: 'gort_ready{service="process"} 1.0' in scraped(here), "all was well")
            with hanging(server):
                for _ in range(3):
                    words = scraped(here)
                    assert 'gort_ready{service="process"} 0.0' in words
                    assert 'gort_figures_unreadable{service="notify"} 1.0' in words
                    assert "gort_disk_free_ratio" in words
                troubles = httpx.get(f"{here.address}/health/ready", timeout=SCRAPE).json()["troubles"]
                assert {f"{service} database" for service in PREFIXES} <= set(troubles)
            until(lambda: 'gort_ready{service="process"} 1.0' in scraped(here), "all was well again")
    finally:
        server.kill()


def test_a_file_in_which_nobody_finds_a_place_hides_no_other_figure(tmp_path: Path) -> None:
    with running(tmp_path) as here:
        with unit_of_work(here.platform.services["matching"].store.database) as work:
            work.connection.execute(text("DROP TABLE places"))
        words = scraped(here)
        assert 'gort_figures_unreadable{service="process"} 1.0' in words
        assert 'gort_ideas_waiting{service="intake"} 0.0' in words
        assert 'gort_ready{service="process"} 1.0' in words


def test_a_full_disk_is_told_of_by_the_service_whose_database_takes_no_more(tmp_path: Path) -> None:
    def tell() -> int:
        answer = httpx.post(f"{here.address}/api/intake/v1/ideas", json={"text": "Ett språkkafé i Gävle. " * 400})
        return answer.status_code

    def troubles() -> dict[str, str]:
        return httpx.get(f"{here.address}/health/ready").json()["troubles"]

    with running(tmp_path) as here:
        assert tell() == 201
        database = here.platform.services["intake"].store.database

        def room(pages: int) -> None:
            with database.writer.connect() as connection:  # the file has one connection that writes
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        until(lambda: not troubles(), "all was well")
        room(1)
        full = "takes no writes: OperationalError SQLITE_FULL"
        until(lambda: tell() == 503 and troubles().get("intake database") == full, "no room for another is told of")
        with unit_of_work(database):
            pass  # nothing was written: that proves nothing
        assert troubles().get("intake database") == full
        room(1_000_000)
        assert tell() == 201
        until(lambda: not troubles(), "all was well again")
