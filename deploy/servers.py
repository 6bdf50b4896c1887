"""Kafka and PostgreSQL for `gort up --kafka`: on a laptop, in the data folder, as long as the command runs."""

import asyncio
import os
import shlex
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from deploy.errors import CommandFailed
from deploy.kafka import Kafka
from deploy.postgres import PostgresServer
from deploy.processes import took
from deploy.topics import Topics
from deploy.urls import PREFIXES

SETTINGS = "settings.sh"


@contextmanager
def servers(folder: Path) -> Generator[dict[str, str]]:
    """Both, started and set up; yields the settings that lead to them. Raise `NotHere` when this machine lacks one, and
    `CommandFailed` when another command runs them in this folder.
    """
    signal.signal(
        signal.SIGTERM, lambda number, _: sys.exit(128 + number)
    )  # else it ends us before we have stopped them
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, lambda _, __: signal.raise_signal(signal.SIGTERM))
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        kafka, postgres = Kafka(folder / "kafka"), PostgresServer(folder / "postgres")
        try:
            kafka.process.end_leftover()  # of a command that was killed
            postgres.process.end_leftover(signal.SIGINT)
            postgres.start()
            postgres.create(*(f"gort_{service}" for service in PREFIXES))
            kafka.start()
            asyncio.run(Topics(kafka.address).make())
            settings = {"GORT_BUS": f"kafka://{kafka.address}/", "GORT_DATABASE_URL": postgres.url("gort_{service}")}
            _write(folder / SETTINGS, settings)
            yield settings
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)  # we are at it
            kafka.stop()
            postgres.stop()


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One command a folder."""
    with (folder / "servers.lock").open("w") as lock:
        if not took(lock):
            raise CommandFailed(
                f"Another `gort up --kafka` runs in {folder}: stop it, or name another folder with --data."
            )
        yield


def _write(file: Path, settings: dict[str, str]) -> None:
    """For another shell, where `gort trace` and the others need them too. A password is in it: for its owner alone."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(f"export {name}={shlex.quote(value)}\n" for name, value in settings.items())
