"""Who is meant by a name in `docker-compose.yml`, and that nobody reads another's files."""

from typing import Any

import pytest
import yaml

from deploy.entry import nginx
from deploy.urls import PREFIXES
from tests.composed import FILE, containers
from tests.prometheus import CONFIG

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text())["services"]
HOSTS = containers(SERVICES)


def processes() -> dict[str, str]:
    """Our processes that stay, and which service each runs."""
    ours = {name: service["command"] for name, service in SERVICES.items() if service.get("image") == "gort"}
    return {name: command[-1] for name, command in ours.items() if command[:2] == ["gort", "up"]}


def test_prometheus_asks_every_process_and_each_by_a_name_that_is_its_own() -> None:
    (job,) = yaml.safe_load(CONFIG.read_text())["scrape_configs"]
    targets = [target.removesuffix(":8000") for group in job["static_configs"] for target in group["targets"]]
    asked = [HOSTS[target] for target in targets]
    assert sorted(asked) == sorted([name] for name in processes())
    for target, (name,) in zip(targets, asked, strict=True):
        assert SERVICES[name]["environment"]["GORT_REPLICA"].startswith(target), "figures and logs name it alike"


@pytest.mark.parametrize("service", PREFIXES)
def test_the_entry_asks_any_replica_of_a_service(service: str) -> None:
    assert f"set $to {service}:8000;" in nginx()
    assert sorted(HOSTS[service]) == sorted(name for name, runs in processes().items() if runs == service)


def test_a_service_watches_disks_and_reads_nobodys_files() -> None:
    mounted = {name: [v.split(":")[:2] for v in service.get("volumes", ())] for name, service in SERVICES.items()}
    for name in processes():
        others = {source for other, volumes in mounted.items() if other != name for source, _ in volumes}
        assert not others & {source for source, _ in mounted[name]}, name
        watched = SERVICES[name]["environment"].get("GORT_DISKS", "")
        assert {folder for _, folder in mounted[name]} <= set(watched.split(","))
    assert any(mounted[name] for name in processes()), "somebody watches the disk"
