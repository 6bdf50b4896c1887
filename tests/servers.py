"""Real servers for tests: one Kafka and one PostgreSQL for the whole run, started when first asked for.

A machine that lacks one skips the tests that need it, and says why; where GORT_REQUIRE_SERVERS is set (CI), that fails.
"""

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from deploy.kafka import Kafka
from deploy.postgres import PostgresServer
from deploy.processes import NotHere, program
from deploy.topics import Topics
from shared.kernel.ids import new_id

T = TypeVar("T")


def needed(start: Callable[[], T]) -> T:
    """What `start` gives; skip the test when this machine does not have it."""
    try:
        return start()
    except NotHere as error:
        if os.environ.get("GORT_REQUIRE_SERVERS"):
            raise
        pytest.skip(str(error))


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gort-servers-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _kafka() -> Kafka:
    kafka = Kafka(_folder() / "kafka")
    kafka.start()
    atexit.register(kafka.kill)
    return kafka


@cache
def _postgres() -> PostgresServer:
    server = PostgresServer(_folder() / "postgres")
    server.start()
    atexit.register(server.kill)
    return server


def needed_program(name: str, remedy: str) -> str:
    """Where a program is; skip the test when this machine does not have it."""
    return needed(lambda: program(name, remedy))


def broker() -> Kafka:
    """The Kafka of this run, on loopback."""
    return needed(_kafka)


def postgres() -> PostgresServer:
    """The PostgreSQL of this run, on loopback."""
    return needed(_postgres)


def fresh_prefix(**more: str) -> str:
    """Topics of one's own on the shared broker: their prefix. `more` is configuration, with _ for each dot."""
    prefix = f"{new_id()[:8]}."
    configs = {name.replace("_", "."): value for name, value in more.items()}
    asyncio.run(Topics(broker().address, prefix, more=configs).make())
    return prefix


def fresh_database(name: str = "test") -> str:
    """A database of one's own on the shared server: its URL."""
    server, database = postgres(), f"{name}_{new_id()[:8]}"
    server.create(database)
    return server.url(database)


def drop(url: str) -> None:
    """Away with a database, whoever is in it."""
    with postgres().connect() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{url.rsplit("/", 1)[1]}" WITH (FORCE)'.encode())


__all__ = ["broker", "drop", "fresh_database", "fresh_prefix", "needed", "needed_program", "postgres"]
