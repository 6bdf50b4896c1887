"""Kafka and PostgreSQL for `gort up --kafka`: on a laptop, in the data folder, as long as the command runs."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from deploy.kafka import Kafka
from deploy.postgres import PostgresServer
from deploy.topics import Topics
from deploy.urls import PREFIXES


@contextmanager
def servers(folder: Path) -> Generator[dict[str, str]]:
    """Both, started and set up; yields the settings that lead to them. Raise `NotHere` when this machine lacks one."""
    kafka, postgres = Kafka(folder / "kafka"), PostgresServer(folder / "postgres")
    try:
        postgres.start()
        postgres.create(*(f"gort_{service}" for service in PREFIXES))
        kafka.start()
        asyncio.run(Topics(kafka.address).make())
        yield {"GORT_BUS": f"kafka://{kafka.address}/", "GORT_DATABASE_URL": postgres.url("gort_{service}")}
    finally:
        kafka.stop()
        postgres.stop()
