"""Everything is lost: databases destroyed, restored from a backup, heard again from Kafka. No idea lost, nobody asked twice."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from deploy.counting import MATCHED, RECEIVED, services, tally
from services.notify.domain.referral import State
from shared.runtime.service import Service
from tests.chaos.accounts import told_otherwise
from tests.chaos.crowd import Crowd, ideas
from tests.chaos.sink import Sink
from tests.composed import Composed, composed
from tests.e2e.people import IDEA
from tests.running import PATIENT, running, until, variables

pytestmark = pytest.mark.timeout(600)
MORE = {f"GORT_{name}": value for name, value in PATIENT.items()} | {"GORT_NOTIFY_POLICY": "auto"}
COUNT = 30


def gort(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def tell_and_withdraw(house: Composed, crowd: Crowd) -> str:
    """Take one idea back that the backup has; its code."""
    key = next(iter(crowd.accepted))
    answer = httpx.post(
        f"{house.address}/api/intake/v1/ideas", json=crowd.story(key), headers={"Idempotency-Key": f"crowd-{key}"}
    ).json()
    httpx.post(f"{answer['link']}/ta-tillbaka", follow_redirects=True).raise_for_status()
    return answer["code"]


def unrelayed(house: Composed) -> float:
    pages = [httpx.get(f"http://127.0.0.1:{house.ports[name]}/metrics").text for name in ("intake", "notify")]
    return sum(float(re.findall(r"^gort_outbox_waiting_events\S* (\S+)", page, re.M)[0]) for page in pages)


def resume(house: Composed) -> None:
    with variables(house.urls()), services() as built, built["notify"].store.writing() as work:
        work.desk.pause(False, "a test", datetime.now(UTC))
        work.notice()


def all_sent(built: dict[str, Service]) -> None:
    until(lambda: not tally(built).deliveries["due"] and not tally(built).deliveries["sending"], "all is sent", 90)


def asked(sink: Sink) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """(partner, idea) -> (Message-ID, link) of each question, or copy of one, that arrived."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for message in list(sink.messages):
        body = message.get_body(("plain",))
        text = " ".join(body.get_content().replace("\n> ", " ").split()) if body else ""
        if link := re.search(r"(http\S+/svar/[^?\s]+)\?svar=ja", text):
            (number,) = re.findall(r"Vi är (\d+) stycken", text)  # each idea of the crowd has its own
            found.setdefault((str(message["To"]), number), set()).add((str(message["Message-ID"]), link[1]))
    return found


def answer_two(house: Composed, sink: Sink) -> None:
    """Between backup and disaster: one partner says yes, one says no and another is asked instead."""
    with variables(house.urls()), services() as built:
        until(lambda: len(tally(built).of(MATCHED)) >= COUNT - 1, "every idea is matched that is not withdrawn", 90)
        all_sent(built)
        links = [link for questions in asked(sink).values() for _, link in questions]
        willing, unwilling, *_ = [link for link in links if '/ja"' in httpx.get(link).text]
        httpx.post(f"{willing}/ja", data={"name": "Karin"}, follow_redirects=True).raise_for_status()
        httpx.post(
            f"{unwilling}/nej", data={"name": "Olle", "why": "no_capacity"}, follow_redirects=True
        ).raise_for_status()
        all_sent(built)


def test_everything_comes_back(tmp_path: Path) -> None:
    with Sink() as sink, composed(sink.port, **MORE) as house:
        house.kill("notify")  # so that all it does is done after the backup
        crowd = Crowd(house.address, ideas(COUNT, Path("data/gavleborg"), 7), pause=0)
        crowd.tell_all()
        environment, file = house.environment("notify"), tmp_path / "backup.tar.gz"
        made = gort(environment, "backup", str(file))  # work is in flight
        assert made.returncode == 0, made.stderr
        assert file.stat().st_mode & 0o077 == 0
        house.start("notify")
        gone = tell_and_withdraw(house, crowd)
        answer_two(house, sink)
        until(lambda: not unrelayed(house), "Kafka has it all")
        before = asked(sink)
        for name in (*house.ours, "postgres"):
            house.kill(name)
        shutil.rmtree(house.postgres.data)
        house.postgres = house.servers["postgres"] = type(house.postgres)(house.postgres.folder, house.postgres.port)
        house.start("postgres")
        refused = gort(environment, "restore", str(tmp_path / "no such file"))
        assert refused.returncode == 1
        until(
            lambda: gort(environment, "restore", str(file)).returncode == 0,
            "groups were empty and all was restored",
            90,
        )
        again = gort(environment, "restore", str(file))
        assert again.returncode == 1, "never over what is there"
        assert "Not empty" in again.stderr
        mailed = len(sink.ids)
        house.start()
        house.wait_ready()
        with variables(house.urls()), services() as built:
            with built["intake"].store.reading() as work:
                idea = work.ideas.by_code(gone)
                assert idea and idea.told is None, "what was withdrawn after the backup stays so"
            kept = set(tally(built).of(RECEIVED)) - {idea.idea_id}
            assert len(kept) == COUNT - 1
            until(lambda: kept <= set(tally(built).of(MATCHED)), "every idea is matched", 90)
            assert tally(built).parked == 0
            assert len(sink.ids) == mailed, "nothing goes out until somebody says so"
        resume(house)
        with variables(house.urls()), services() as built:
            all_sent(built)
            until(lambda: not told_otherwise(built, kept), "holders read what the referrals tell")
            with built["notify"].store.reading() as work:
                states = Counter(r.state for key in kept for r in work.referrals.of(key))
        assert (states[State.ACCEPTED], states[State.REJECTED]) == (1, 1), "answers from before the disaster hold"
        assert before
        for whom, questions in asked(sink).items():
            assert len({message_id for message_id, _ in questions}) == 1, f"asked twice: {whom}"
            assert all(httpx.get(link).status_code != 404 for _, link in questions), (
                "a link that was mailed leads nowhere"
            )


def test_files_of_sqlite_come_back_too(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "backup.tar.gz"
    with running(data, NOTIFY_POLICY="auto", NOTIFY_DEMO_DOMAIN="partner.example") as here:
        receipt = httpx.post(f"{here.address}/api/intake/v1/ideas", json={"text": IDEA, "may_share": True}).json()
        until(lambda: _status(here.address, receipt["code"]) == "asked", "a partner was asked")
        file.touch(0o644)  # yesterday's
        made = gort({"GORT_DATA": str(data)}, "backup", str(file))
        assert made.returncode == 0, made.stderr
        assert file.stat().st_mode & 0o077 == 0
    shutil.rmtree(data)
    restored = gort({"GORT_DATA": str(data)}, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert all(kept.stat().st_mode & 0o077 == 0 for kept in (data, *data.iterdir())), "for its owner alone"
    with running(data) as here:
        page = httpx.get(here.address + httpx.URL(receipt["link"]).path)
        assert page.is_success, "the secret came back: the holder's link still opens"
        assert _status(here.address, receipt["code"]) == "asked"
        with here.platform.services["notify"].store.reading() as work:
            assert work.desk.paused()


def _status(address: str, code: str) -> str:
    return httpx.get(f"{address}/api/intake/v1/ideas/{code}").json()["status"]
