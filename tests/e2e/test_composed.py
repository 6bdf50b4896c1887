"""`docker-compose.yml`, run as processes over real Kafka and PostgreSQL: its people, its mails, its figures."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from playwright.sync_api import Browser

from deploy.counting import services
from tests.chaos.sink import Sink
from tests.collector import Collector
from tests.composed import FILE, Composed, composed
from tests.e2e.people import IDEA, received, said_yes, seen, visitor, written
from tests.figures import compared
from tests.prometheus import panels, settle, watching
from tests.running import PATIENT, until, variables

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MORE = {f"GORT_{name}": value for name, value in PATIENT.items()}


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with Sink() as opened:
        yield opened


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with Collector() as opened:
        yield opened


@pytest.fixture(scope="module")
def house(sink: Sink, collector: Collector) -> Iterator[Composed]:
    traced = MORE | {"GORT_OTLP_URL": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "500"}
    with composed(sink.port, **traced) as here:
        yield here


def test_the_file_is_what_the_compose_specification_says() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    for name, service in yaml.safe_load(FILE.read_text())["services"].items():
        if service.get("image") == "gort":
            assert service["read_only"], name
            assert service["cap_drop"] == ["ALL"], name
            assert service["stop_grace_period"], name
    assert "USER 10001" in Path("Dockerfile").read_text()


def letter(sink: Sink, to: str, pattern: str) -> str:
    """What a pattern finds in the newest mail to somebody, once there is one."""
    found: list[str] = []

    def came() -> bool:
        for message in reversed(sink.messages):
            part = message.get_body(("plain",))
            if to in str(message["To"]) and part and (words := re.search(pattern, part.get_content())):
                found.append(words.group())
                return True
        return False

    until(came, f"a mail to {to}")
    return found[0]


def test_an_idea_goes_through_every_process_to_a_yes(house: Composed, sink: Sink, chrome: Browser) -> None:
    holder = visitor(chrome)
    written(holder, house.address, IDEA)
    received(holder)
    holder.get_by_role("link", name="Öppna min sida").click()

    operator = visitor(chrome)
    operator.goto(f"{house.address}/logga-in")
    operator.locator("input[type=email]").fill("operator@region.example")
    operator.get_by_role("button", name="Mejla mig en länk").click()
    operator.goto(letter(sink, "operator@region.example", r"http\S+/logga-in/\S+"))
    operator.get_by_role("button", name="Logga in").click()
    seen(operator, "Skicka fråga")
    operator.get_by_role("button", name="Skicka fråga").first.click()
    operator.goto(f"{house.address}/drift/matching/parkerade")
    assert operator.get_by_role("link", name="Att göra").count(), "every process shows the whole menu"

    said_yes(visitor(chrome), letter(sink, "partner.example", r"http\S+/svar/[^?\s]+"))
    seen(holder, "sa ja och hör av sig senast")
    message = next(m for m in sink.messages if "eva@holder.example" in str(m["To"]))
    assert message["Message-ID"]


def test_the_way_of_an_idea_is_one_trace_over_every_process(house: Composed, sink: Sink, collector: Collector) -> None:
    trace = "ab" * 16
    told = {"text": IDEA, "may_share": True, "email": "ulla@holder.example", "reach": "mail"}
    headers = {"traceparent": f"00-{trace}-{'cd' * 8}-01"}
    assert httpx.post(f"{house.address}/api/intake/v1/ideas", json=told, headers=headers).is_success
    letter(sink, "ulla@holder.example", r"http\S+/min/\S+")
    wanted = {"POST /ideas", "matching keep-idea", "matching assess-waiting", "notify hear-matched"}
    wanted |= {"notify hear-contact", "notify deliver-due", "intake follow-matched"}
    until(lambda: wanted <= collector.traces[trace], f"the whole way was told: {collector.traces[trace]}", 20)


def test_the_entry_keeps_what_is_for_machines_inside(house: Composed) -> None:
    for path in ("/metrics", "/health/ready", "/health/live"):
        assert httpx.get(house.address + path).status_code == 404
    for path in ("/", "/katalog/vem", "/api/directory/v1/actors", "/logga-in", "/att-gora"):
        assert httpx.get(house.address + path, follow_redirects=True).is_success, path


def test_every_panel_has_something_to_show_and_figures_equal_the_stores(house: Composed, tmp_path: Path) -> None:
    with watching(tmp_path / "prometheus", house.addresses) as prometheus:
        until(lambda: prometheus.scraped(len(house.ours)), "every process was scraped")
        httpx.get(house.address)
        settle(6)
        empty = [name for name, query in panels().items() if not prometheus.ask(query)]
        assert not empty
        with variables(house.urls()), services() as built:
            wrong = [row for row in compared(prometheus, built) if row[1] != row[2]]
        assert not wrong
        # every rule waits before it fires; how full this machine's own disk is, is nobody's fault here
        assert not prometheus.ask('ALERTS{alertstate=~"pending|firing", alertname!="DiskNearlyFull"}')
