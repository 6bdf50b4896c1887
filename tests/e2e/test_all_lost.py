"""The one machine is lost, databases and Kafka: what was told to that Kafka and not heard yet is told to the new one."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from deploy.counting import services
from services.directory.commands.take_over import take_over
from services.directory.sources import pack
from services.intake.channels.api import told
from services.intake.commands.submit_idea import SubmitIdea, submit_idea
from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id
from shared.kernel.keys import Keyring
from shared.messaging.record import Record
from shared.messaging.relay import Mine, relay_once
from tests.e2e.people import IDEA
from tests.e2e.test_backup import gort
from tests.running import running, until, variables
from tests.servers import broker

pytestmark = pytest.mark.timeout(180)
PACK = Path("tests/packs/liten")


def told_to_a_kafka_that_is_lost(data: Path) -> str:
    """The directory and an idea, told and heard by nobody; the idea's code."""
    heard_by_nobody: list[Record] = []

    def tell(records: Sequence[Record], _: Mine) -> list[bool]:
        heard_by_nobody.extend(records)
        return [True] * len(records)

    with variables({"GORT_DATA": str(data), "GORT_PACK": str(PACK)}), services() as built:
        for service in built.values():
            service.store.migrate()
        with built["directory"].store.writing() as work:
            take_over(pack.read(PACK), work, SystemClock())
        with built["intake"].store.writing() as work:
            receipt = submit_idea(
                SubmitIdea(*told({"text": IDEA, "may_share": "yes"})), work, Keyring(b"x" * 32), SystemClock()
            )
        for name in ("directory", "intake"):
            while relay_once(name, built[name].store.database, tell) is not None:
                pass
    assert len(heard_by_nobody) > 1
    return receipt.code


def status(address: str, code: str) -> str:
    return httpx.get(f"{address}/api/intake/v1/ideas/{code}").json()["status"]


def untold(address: str) -> set[str]:
    """How many events Kafka has not got yet, of each service."""
    return set(re.findall(r"^gort_outbox_waiting_events\S* (\S+)", httpx.get(f"{address}/metrics").text, re.M))


def test_what_the_lost_kafka_was_told_is_told_again_and_an_intact_one_is_told_nothing_twice(tmp_path: Path) -> None:
    data, file, prefix = tmp_path / "data", tmp_path / "backup.tar.gz", f"{new_id()[:8]}."
    bus = f"kafka://{broker().address}/{prefix}"
    settings = {"GORT_DATA": str(data), "GORT_BUS": bus, "GORT_PACK": str(PACK)}
    code = told_to_a_kafka_that_is_lost(data)
    assert gort(settings, "backup", str(file)).returncode == 0
    shutil.rmtree(data)
    refused = gort(settings, "restore", str(file))
    assert refused.returncode == 1
    assert f"{prefix}directory.entries" in refused.stderr and "gort topics --make" in refused.stderr
    assert "ten seconds" not in refused.stderr and "Traceback" not in refused.stderr
    assert not list(data.glob("*.db")), "nothing is changed"
    assert gort(settings, "topics", "--make").returncode == 0
    restored = gort(settings, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    again = [line for line in restored.stdout.splitlines() if "told again" in line]
    assert {line.partition(":")[0] for line in again} == {"directory", "intake"}, "those that had told something"
    with running(data, BUS=bus, PACK=str(PACK)) as here:
        until(lambda: status(here.address, code) in ("matched", "asked"), "the idea and the directory were heard")
        until(lambda: untold(here.address) == {"0.0"}, "Kafka has it all")
        assert gort(settings, "backup", str(file)).returncode == 0
    shutil.rmtree(data)
    tries = [gort(settings, "restore", str(file))]
    while tries[-1].returncode and len(tries) < 30:  # until no group is left
        tries.append(gort(settings, "restore", str(file)))
    assert tries[-1].returncode == 0, tries[-1].stderr
    assert "gort.intake.link-requested.v1: 0 taken back" in tries[-1].stdout
    assert "told again" not in tries[-1].stdout
