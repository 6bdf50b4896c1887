"""Apache Kafka on this machine without Docker: its jars from Maven Central, one broker in KRaft mode on loopback."""

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from deploy.errors import CommandFailed
from deploy.processes import NotHere, Process, free_port, program

POM = Path(__file__).parent / "pom.xml"
PROPERTIES = """
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller}
log.dirs={logs}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
log.retention.check.interval.ms=5000
log.cleaner.backoff.ms=1000
"""


def jars() -> Path:
    """The folder with the broker's jars, gathered once for this user. Raise `NotHere` when they cannot be had."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "gort"
    cache = cache / f"kafka-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"  # another release, another folder
    program("java", "install a Java runtime, 17 or later (Debian: default-jre-headless)")
    if not cache.exists():
        maven = program("mvn", "install Maven (Debian: maven), which fetches Apache Kafka")
        cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache.parent) as folder:
            command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime"]
            gone = subprocess.run(
                [*command, f"-DoutputDirectory={folder}/libs"], capture_output=True, text=True, check=False
            )
            if gone.returncode:
                raise NotHere(f"Maven could not fetch Apache Kafka: {gone.stdout[-300:]}")
            Path(folder, "libs").rename(cache)
    return cache


class Kafka:
    """One broker over one folder. Killed and started again, it has what it had. `more` is added to its properties."""

    def __init__(self, folder: Path, port: int | None = None, more: str = "") -> None:
        self.libs, self.folder = jars(), folder
        self.port = port or free_port()
        self.address = f"127.0.0.1:{self.port}"
        folder.mkdir(parents=True, exist_ok=True)
        java = [program("java", ""), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{self.libs}/*"]
        file = folder / "server.properties"
        text = PROPERTIES.format(port=self.port, controller=free_port(), logs=self.logs) + more
        file.write_text(text)
        if not (self.logs / "meta.properties").exists():  # what was interrupted is begun anew
            self._format(java, file)
        self.process = Process([*java, "kafka.Kafka", str(file)], folder / "broker.log")

    @property
    def logs(self) -> Path:
        """Where the topics' files are."""
        return self.folder / "logs"

    def _format(self, java: list[str], file: Path) -> None:
        tool = [*java, "kafka.tools.StorageTool"]
        identity = subprocess.run([*tool, "random-uuid"], capture_output=True, text=True, check=False).stdout.strip()
        done = subprocess.run(
            [*tool, "format", "-t", identity, "-c", str(file)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            shutil.rmtree(self.logs, ignore_errors=True)
            raise CommandFailed(f"Kafka's folder could not be formatted: {done.stderr[-400:]}")

    def listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def start(self) -> float:
        """Start the broker; returns after it listens, with the seconds that took."""
        return self.process.start(self.listens, patience=120)

    def kill(self) -> None:
        self.process.kill()

    def stop(self) -> None:
        self.process.stop()
