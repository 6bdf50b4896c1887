"""`docker-compose.yml` as processes of this machine: its commands, environment, order and health checks, so that the file
itself is what is tried. Only what must differ is changed: names of hosts become addresses on loopback.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import yaml

from deploy.errors import CommandFailed
from deploy.kafka import Kafka
from deploy.postgres import PostgresServer
from deploy.processes import Process, free_port
from tests.servers import needed, needed_program

FILE = Path("docker-compose.yml")
SECRET = "a secret of thirty-two characters or more"


def containers(services: Mapping[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Whom Docker's DNS answers a host with: a service has its own name and its aliases; replicas may share one."""
    found: dict[str, list[str]] = {}
    for name, service in services.items():
        networks: dict[str, dict[str, list[str]]] = service.get("networks", {})
        for host in {name, *(alias for network in networks.values() for alias in network.get("aliases", ()))}:
            found.setdefault(host, []).append(name)
    return found


class Composed:
    """The services of the file by name, each a process. `mail` is the port of an SMTP server; `more` is added to what every
    service of ours is told.
    """

    def __init__(
        self, folder: Path, mail: int, more: Mapping[str, str] | None = None, without: Sequence[str] = ()
    ) -> None:
        self.folder, self._more = folder, dict(more or {})
        everyone: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text())["services"]
        self.file = {name: service for name, service in everyone.items() if name not in without}
        images = {name: service.get("image") for name, service in self.file.items()}
        self.ours = [name for name, image in images.items() if image == "gort" and name != "topics"]
        self.ports = {name: free_port() for name in self.file}
        self.kafka = needed(lambda: Kafka(folder / "kafka"))
        self.postgres = needed(lambda: PostgresServer(folder / "postgres"))
        self.addresses = {
            f"{host}:8000": f"127.0.0.1:{self.ports[names[0]]}"
            for host, names in containers(self.file).items()
            if names[0] in self.ours
        }
        self.addresses |= {"kafka:9092": self.kafka.address, "postgres:5432": f"127.0.0.1:{self.postgres.port}"}
        self._mail = mail
        self.address = f"http://127.0.0.1:{self.ports['entry' if 'entry' in self.file else 'intake']}"
        self.processes = {name: self._process(name) for name in self.ours}
        self.servers: dict[str, Kafka | PostgresServer] = {"kafka": self.kafka, "postgres": self.postgres}

    def start(self, *names: str) -> None:
        """Start all, or those named, each when what it depends on is as the file demands."""
        begun: set[str] = set()
        for name in names or self.file:
            self._start(name, begun)
        for name in begun & set(self.processes):
            self.processes[name].wait(partial(self._well, name), 120)

    def _well(self, name: str) -> bool:
        return self._answers() if name == "entry" else self.healthy(name)

    def _start(self, name: str, begun: set[str]) -> None:
        if name in begun or self.alive(name):
            return
        begun.add(name)
        needs = self.file[name].get("depends_on", {})
        for other in needs:
            if other in ("prometheus", "grafana", "mail"):
                continue
            self._start(other, begun)
        if name in self.servers:
            self.servers[name].start()
            if name == "postgres":
                self.postgres.create(*re.findall(r"CREATE DATABASE (\w+)", Path("deploy/postgres.sql").read_text()))
        elif name == "topics":
            done = subprocess.run(self._command(name), env=self.environment(name), capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
        elif name in self.processes:
            self.processes[name].spawn()
        elif name == "entry":
            self.processes[name] = self._entry()
            self.processes[name].spawn()

    def alive(self, name: str) -> bool:
        if name in self.servers:
            return self.servers[name].process.alive
        return name in self.processes and self.processes[name].alive

    def healthy(self, name: str) -> bool:
        """Does the health check of the file say so? Asked as it asks, without starting Python for it."""
        check = " ".join(self.file[name]["healthcheck"]["test"])
        (path,) = re.findall(r"127\.0\.0\.1:8000(/[\w/]+)", check)
        return self._says_yes(name, path)

    def ready(self, name: str) -> bool:
        return self._says_yes(name, "/health/ready")

    def _says_yes(self, name: str, path: str) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.ports[name]}{path}", timeout=5).is_success
        except httpx.TransportError:
            return False

    def _answers(self) -> bool:
        try:
            return httpx.get(self.address, timeout=5).is_success
        except httpx.TransportError:
            return False

    def kill(self, name: str) -> None:
        """SIGKILL, a server too."""
        (self.servers[name] if name in self.servers else self.processes[name]).kill()

    def stop(self) -> None:
        """In good order: services first, then what they need."""
        for process in self.processes.values():
            process.tell(signal.SIGTERM)
        for process in self.processes.values():
            process.stop(60)
        for server in self.servers.values():
            server.stop()

    def environment(self, name: str) -> dict[str, str]:
        """What the file tells a service, with our addresses, and the port that stands for its 8000."""
        told = {key: self._resolved(str(value)) for key, value in self.file[name]["environment"].items()}
        told |= {"GORT_PORT": str(self.ports[name]), "GORT_DATA": str(self.folder / name), "GORT_HOST": "127.0.0.1"}
        if "GORT_NOTIFY_SMTP_HOST" in told:
            told |= {"GORT_NOTIFY_SMTP_HOST": "127.0.0.1", "GORT_NOTIFY_SMTP_PORT": str(self._mail)}
        told.pop("GORT_DISKS", None)  # volumes of containers
        rest = {key: value for key, value in os.environ.items() if not key.startswith("GORT_")}
        return {**rest, **told, **self._more}

    def _resolved(self, value: str) -> str:
        """`${NAME:-default}` and `${NAME:?complaint}` as Compose reads them, then hosts as addresses."""
        given = {
            "GORT_SECRET": SECRET,
            "POSTGRES_PASSWORD": self.postgres.password,
            "GORT_PUBLIC_URL": self.address,
        }

        def one(match: re.Match[str]) -> str:
            name, default = match[1], match[3]
            if name not in given and match[2] == ":?":
                raise AssertionError(f"{name} must be set")
            return given.get(name, default or "")

        value = re.sub(r"\$\{(\w+)(:-|:\?)?([^}]*)\}", one, value)
        for host, address in self.addresses.items():
            value = value.replace(host, address)
        return value

    def _command(self, name: str) -> list[str]:
        program, *arguments = self.file[name]["command"]
        assert program == "gort"
        return [sys.executable, "-m", "deploy", *arguments]

    def _process(self, name: str) -> Process:
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        return Process(self._command(name), self.folder / f"{name}.log", self.environment(name))

    def _entry(self) -> Process:
        nginx = needed_program("nginx", "install nginx (Debian: nginx-light)")
        conf, here = Path("deploy/entry/nginx.conf").read_text(), self.folder / "entry"
        here.mkdir(exist_ok=True)
        for host, address in self.addresses.items():
            conf = conf.replace(f"set $to {host};", f"set $to {address};")
        conf = conf.replace("listen 8000;", f"listen 127.0.0.1:{self.ports['entry']};").replace("/tmp/", f"{here}/")
        (here / "nginx.conf").write_text(conf)
        command = [nginx, "-c", str(here / "nginx.conf"), "-e", "stderr", "-g", "daemon off;"]
        return Process(command, self.folder / "entry.log", dict(os.environ))

    def urls(self) -> dict[str, str]:
        """The settings that lead our own commands to the same stores."""
        return {key: value for key, value in self.environment("notify").items() if key.startswith("GORT_")}

    def wait_ready(self, patience: float = 120) -> None:
        end = time.monotonic() + patience
        while late := [name for name in self.ours if not self.ready(name)]:
            if time.monotonic() > end:
                raise CommandFailed(f"not ready: {late}")
            time.sleep(0.2)


@contextmanager
def composed(mail: int, without: Sequence[str] = (), **more: str) -> Iterator[Composed]:
    """All of it, started and ready; stopped in good order. Not in pytest's folders: those are closed to other users."""
    with tempfile.TemporaryDirectory(prefix="gort-", ignore_cleanup_errors=True) as folder:
        made = Composed(Path(folder), mail, more, without)
        try:
            made.start()
            made.wait_ready()
            yield made
        finally:
            made.stop()
