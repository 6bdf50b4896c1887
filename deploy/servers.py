"""Kafka and PostgreSQL for `gort up --kafka`: on a laptop, in the data folder, as long as the command runs."""

import asyncio
import os
import shlex
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from deploy.kafka import Kafka
from deploy.postgres import PostgresServer
from deploy.topics import Topics
from deploy.urls import PREFIXES

SETTINGS = "settings.sh"


@contextmanager
def servers(folder: Path) -> Generator[dict[str, str]]:
    """Both, started and set up; yields the settings that lead to them. Raise `NotHere` when this machine lacks one."""
    kafka, postgres = Kafka(folder / "kafka"), PostgresServer(folder / "postgres")
    try:
        postgres.start()
        postgres.create(*(f"gort_{service}" for service in PREFIXES))
        kafka.start()
        asyncio.run(Topics(kafka.address).make())
        settings = {"GORT_BUS": f"kafka://{kafka.address}/", "GORT_DATABASE_URL": postgres.url("gort_{service}")}
        _write(folder / SETTINGS, settings)
        yield settings
    finally:
        kafka.stop()
        postgres.stop()


def _write(file: Path, settings: dict[str, str]) -> None:
    """For another shell, where `gort trace` and the others need them too. A password is in it: for its owner alone."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(f"export {name}={shlex.quote(value)}\n" for name, value in settings.items())
