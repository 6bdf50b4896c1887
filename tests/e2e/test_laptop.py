"""`gort up --kafka`: everything in one folder, which survives that the command is killed."""

import os
import shlex
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from deploy.kafka import jars
from deploy.postgres import binary
from deploy.processes import Process, free_port, took
from tests.running import until
from tests.servers import needed
from tests.unit.deploy.test_commands import gort


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not in pytest's folders: PostgreSQL's user may not enter those."""
    needed(jars)
    needed(lambda: binary("postgres"))
    with tempfile.TemporaryDirectory(prefix="gort-", ignore_cleanup_errors=True) as made:
        yield Path(made)
        for log in ("kafka/broker.log", "postgres/server.log"):  # of a test that failed
            Process([], Path(made) / "data" / log).end_leftover()


@pytest.fixture(autouse=True)
def a_terminal() -> Iterator[None]:
    """A closed terminal is noticed, also where the tests run under nohup: a program inherits what is ignored."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def up(folder: Path) -> list[str]:
    return ["up", "--kafka", "--data", str(folder / "data"), "--port", str(free_port())]


@contextmanager
def laptop(folder: Path) -> Iterator[tuple[Process, str]]:
    """The command, when it takes work on, and its address."""
    words = up(folder)
    address = f"http://127.0.0.1:{words[-1]}"

    def ready() -> bool:
        try:
            return httpx.get(f"{address}/health/ready").is_success
        except httpx.TransportError:
            return False

    process = Process([sys.executable, "-m", "deploy", *words], folder / "up.log", dict(os.environ))
    try:
        process.start(ready, 120)
        yield process, address
    finally:
        process.stop()


def test_a_command_that_was_killed_finds_what_it_left_and_has_what_it_had(folder: Path) -> None:
    idea = {"text": "Vi vill ha ett språkkafé på biblioteket."}
    with laptop(folder) as (process, address):
        told = httpx.post(f"{address}/api/intake/v1/ideas", json=idea).raise_for_status().headers["location"]
        second = gort(*up(folder))
        assert second.returncode == 1 and "Another `gort up --kafka` runs" in second.stderr
        process.kill()
    with laptop(folder) as (process, address):
        until(lambda: httpx.get(f"{address}{told}").json().get("status") == "matched", "the idea was taken up")
        assert process.stop(60, signal.SIGHUP) == 128 + signal.SIGTERM, "its terminal was closed"
    for note in ("kafka/broker.pid", "postgres/server.pid"):
        with (folder / "data" / note).open() as lock:
            assert took(lock), "a server was left behind"


def test_the_servers_alone_are_there_for_other_commands(folder: Path) -> None:
    data = folder / "data"
    words = ["up", "--servers-only", "--data", str(data)]
    process = Process([sys.executable, "-m", "deploy", *words], folder / "up.log", dict(os.environ))
    process.start(lambda: (data / "settings.sh").exists(), 120)
    try:
        assert "Behind: intake" in gort("migrate", "--check", **settings_of(data)).stderr, "the databases are empty"
        assert "as the catalogue says" in gort("topics", **settings_of(data)).stdout
    finally:
        assert process.stop(60) == 128 + signal.SIGTERM


def settings_of(data: Path) -> dict[str, str]:
    words = shlex.split((data / "settings.sh").read_text())
    return dict(word.removeprefix("GORT_").split("=", 1) for word in words if word != "export")
