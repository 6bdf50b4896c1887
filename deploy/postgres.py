"""PostgreSQL on this machine without Docker: a cluster in a folder, on loopback, as another user than root."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from deploy.errors import CommandFailed
from deploy.processes import Process, another_user, free_port, program

REMEDY = "install PostgreSQL 15 or later (Debian: postgresql)"


def binary(name: str) -> str:
    """One of PostgreSQL's own programs, which Debian keeps off the path. Raise `NotHere`."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name), reverse=True)
    return program(name, REMEDY, *versions)


class PostgresServer:
    """One cluster over one folder, with one user, `gort`, who owns every database."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder, self.port, self.user = folder, port or free_port(), another_user()
        self.data, password = folder / "data", folder / "password"
        self._open_the_way(folder.resolve())
        folder.mkdir(parents=True, exist_ok=True)
        if not password.exists():
            password.write_text(secrets.token_hex(16))
        self._give_away(folder)
        if not (self.data / "PG_VERSION").exists():
            self._create(password)
        self.password = password.read_text()
        server = [binary("postgres"), "-D", str(self.data), "-p", str(self.port), "-c", "listen_addresses=127.0.0.1"]
        log = folder / "server.log"
        self.process = Process([*server, "-c", "unix_socket_directories="], log, dict(os.environ), self.user)

    def _open_the_way(self, folder: Path) -> None:
        """Let the server's user pass the platform's own data folder, and those of pytest and tempfile.

        They are made for their maker alone. Raise `CommandFailed` where somebody else closed the way.
        """
        if self.user is None:
            return
        there = [above for above in folder.parents if above.exists() and above.owner() != self.user]
        closed = [above for above in there if not above.stat().st_mode & 0o001]
        temporary = Path(tempfile.gettempdir()).resolve()
        for above in closed:
            if above != folder.parent and temporary not in above.parents:
                raise CommandFailed(
                    f"PostgreSQL refuses to be root, and {self.user} may not pass {above}. Name a data folder that "
                    "everybody may reach, such as --data /var/lib/gort, or run this as another user than root."
                )
        for above in closed:
            above.chmod(above.stat().st_mode | 0o011)

    def _give_away(self, folder: Path) -> None:
        """Let the server's user have it."""
        if self.user is None:
            return
        for inside in (folder, *folder.rglob("*")):
            with suppress(FileNotFoundError):  # of a server that a killed command left behind
                shutil.chown(inside, self.user, self.user if self.user != "nobody" else "nogroup")

    def _create(self, password: Path) -> None:
        new = self.folder / "data.new"  # what is interrupted is begun anew
        shutil.rmtree(new, ignore_errors=True)
        command = [
            binary("initdb"),
            "-D",
            str(new),
            "-U",
            "gort",
            "-A",
            "scram-sha-256",
            "--pwfile",
            str(password),
        ]
        made = subprocess.run(
            check=False,
            args=[*command, "-E", "UTF8", "--locale=C.UTF-8"],
            user=self.user,
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise CommandFailed(f"PostgreSQL's folder could not be made: {made.stderr[-400:]}")
        new.rename(self.data)

    def url(self, database: str) -> str:
        return f"postgresql://gort:{self.password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True, connect_timeout=3)

    def listens(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def create(self, *databases: str) -> None:
        """Make the databases that are not there."""
        with self.connect() as connection:
            there = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
            for name in databases:
                if name not in there:
                    connection.execute(f'CREATE DATABASE "{name}"'.encode())

    def start(self) -> float:
        """Start it; after a kill, as soon as what is left of the killed one has gone."""
        began = time.monotonic()
        while True:
            try:
                self.process.start(self.listens)
            except CommandFailed:
                if time.monotonic() - began > 60:
                    raise
                time.sleep(0.2)
            else:
                return time.monotonic() - began

    def kill(self) -> None:
        self.process.kill()

    def stop(self) -> None:
        self.process.stop(number=signal.SIGINT)  # "fast": what is open is rolled back
