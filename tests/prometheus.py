"""A real Prometheus with the configuration that is deployed, watching processes of this machine."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from deploy.processes import Process, free_port
from tests.servers import needed_program

CONFIG = Path("deploy/prometheus/prometheus.yml")
DASHBOARDS = Path("deploy/grafana/dashboards")


class Prometheus:
    """Answers questions about what it has scraped."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, query: str) -> list[dict[str, Any]]:
        """The series that a query gives now. Raise `AssertionError` when Prometheus cannot read it."""
        answer = httpx.get(f"{self.address}/api/v1/query", params={"query": query}).json()
        assert answer["status"] == "success", answer
        return answer["data"]["result"]

    def by(self, label: str, query: str) -> dict[str, float]:
        return {series["metric"][label]: float(series["value"][1]) for series in self.ask(query)}

    def number(self, query: str) -> float:
        (series,) = self.ask(query)
        return float(series["value"][1])

    def scraped(self, targets: int) -> bool:
        return len(self.ask('up{job="gort"} == 1')) == targets


@contextmanager
def watching(folder: Path, addresses: Mapping[str, str]) -> Iterator[Prometheus]:
    """Watch `addresses` in place of the hosts of the configuration, every second."""
    program, port, text = needed_program("prometheus", "apt-get install prometheus"), free_port(), CONFIG.read_text()
    for host, address in addresses.items():
        text = text.replace(f'"{host}"', f'"{address}"')
    folder.mkdir(exist_ok=True)
    (folder / "prometheus.yml").write_text(text.replace("15s", "1s"))
    (folder / "alerts.yml").write_text((CONFIG.parent / "alerts.yml").read_text())
    here = Prometheus(f"http://127.0.0.1:{port}")
    command = [program, f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    process = Process([*command, f"--web.listen-address=127.0.0.1:{port}"], folder / "prometheus.log")

    def ready() -> bool:
        try:
            return httpx.get(f"{here.address}/-/ready").is_success
        except httpx.TransportError:
            return False

    process.start(ready)
    try:
        yield here
    finally:
        process.stop()


def panels() -> dict[str, str]:
    """The query of each panel of each dashboard, as Grafana would send it."""
    found: dict[str, str] = {}
    for file in sorted(DASHBOARDS.glob("*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel["targets"]:
                found[f"{file.stem}: {panel['title']}"] = re.sub(r"\[5m\]", "[10s]", target["expr"])
    return found


def settle(seconds: float = 3) -> None:
    """Long enough for two scrapes."""
    time.sleep(seconds)
