"""Every metric that is declared is moved by something that happens: none is a promise."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from deploy.app import SERVICES, build_platform, environment
from services.intake.channels.api import told
from services.intake.commands.submit_idea import SubmitIdea, submit_idea
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.kernel.errors import Transient
from shared.messaging.transport import Batch
from shared.storage.store import Store
from shared.storage.unit_of_work import unit_of_work
from shared.telemetry.metrics import ALL
from tests.chaos.sink import Sink
from tests.conformance.records import record
from tests.conformance.stage import Hearer, opened
from tests.flow.helpers import answer_link, asked, status, tell
from tests.running import running, until, variables

IDEA = "Ett språkkafé på biblioteket i Söderhamn för oss som är nya i landet"
ELSEWHERE = {  # moved by a test that stands with what it measures
    "gort_deliveries_unsure_total": "tests/web/notify/test_delivering.py",
    "gort_ideas_not_assessed_total": "tests/unit/matching/test_stumbling.py",
    "gort_referrals_overdue": "tests/web/notify/test_figures.py",
}
Moved = set[str]


def shown(words: str) -> Moved:
    """The metrics that have a sample above zero."""
    samples = re.findall(r"^(\w+?)(?:\{[^}]*\})? ([\d.e+-]+)$", words, re.M)
    names = {name for name, value in samples if float(value) > 0}
    return {m.name for m in ALL if names & {m.name, f"{m.name}_count"}}


def a_life(folder: Path) -> Moved:
    """Told, matched, asked, a yes, withdrawn; one told by somebody whose mail does not go out."""
    more = {"NOTIFY_POLICY": "auto", "NOTIFY_DEMO_DOMAIN": "partner.example"}
    with running(folder / "life", **more) as here:
        receipt = tell(here, IDEA)
        asked(here, receipt)
        operator = here.operator()
        here.client().post(f"{answer_link(here, operator)}/ja", data={"name": "Karin"})
        until(lambda: status(here, receipt["code"]) == "accepted", "the yes was heard")
        moved = shown(httpx.get(f"{here.address}/metrics").text)
        operator.post("/att-gora/paus", data={"paused": "yes"})
        other = tell(here, IDEA + " och deras barn")
        asked(here, other)
        here.client().post(f"{other['link']}/ta-tillbaka")
        here.client().get("/")
        return moved | shown(httpx.get(f"{here.address}/metrics").text)


def mail_away(folder: Path) -> Moved:
    with Sink() as closed:
        port = closed.port
    smtp = {"NOTIFY_SMTP_HOST": "127.0.0.1", "NOTIFY_SMTP_PORT": str(port), "NOTIFY_SMTP_TLS": "none"}
    with running(folder / "away", **smtp) as here:
        tell(here, IDEA, email="eva@holder.example", reach="mail")
        moved: Moved = set()

        def late() -> bool:
            moved.update(shown(httpx.get(f"{here.address}/metrics").text))
            return "gort_deliveries_oldest_due_seconds" in moved

        until(late, "a message was late")
        return moved


def kafka_away(folder: Path) -> Moved:
    with running(folder / "kafka", BUS="kafka://127.0.0.1:1/") as here:
        tell(here, IDEA)
        return shown(httpx.get(f"{here.address}/metrics").text)


def no_directory(folder: Path) -> Moved:
    """Ideas wait for a directory that nobody tells; then matching cannot hear any more, and intake cannot count."""
    with variables({"GORT_DATA": str(folder / "alone"), "GORT_LOG_LEVEL": "error"}):
        platform = build_platform(("intake", "matching"), environment())
    matching, intake = platform.services["matching"], platform.services["intake"]

    def submit(key: str) -> None:
        wish = SubmitIdea(*told({"text": f"{IDEA} {key}", "may_share": "yes"}), key)
        with intake.store.writing() as work:
            submit_idea(wish, work, platform.env.keys, platform.env.clock)

    def spoil(store: Store[Any], table: str) -> None:
        with unit_of_work(store.database) as work:
            work.connection.execute(text(f"DROP TABLE {table}"))

    async def scene() -> Moved:
        await platform.start()
        submit("first")
        while not next(f.value for f in matching.figures() if f.metric.name == "gort_ideas_waiting"):
            await asyncio.sleep(0.05)
        moved = shown(await asyncio.to_thread(scraped, platform))
        spoil(matching.store, "inbox")
        submit("second")
        moved |= shown(await asyncio.to_thread(scraped, platform))  # it is not heard, and stays behind
        spoil(intake.store, "facts")
        moved |= shown(await asyncio.to_thread(scraped, platform))
        await platform.stop()
        return moved

    return asyncio.run(scene())


def scraped(platform: object) -> str:
    from prometheus_client import generate_latest

    return generate_latest(platform.env.meters.registry).decode()  # type: ignore[attr-defined]


def what_fails(folder: Path) -> Moved:
    """A fault that passes is tried again; one that does not is parked, and at last the stream is held."""
    from prometheus_client import generate_latest

    def broken(*_: object) -> None:
        raise Transient("not now")

    ear = Hearer("ear", opened(f"sqlite:///{folder}/ear.db"), (IdeaWithdrawn,), broken, park_limit=0)
    ear.dispatch.handle(Batch([record()]))
    ear.database.close()
    return shown(generate_latest(ear.meters.registry).decode())


def parked_and_refused(folder: Path) -> Moved:
    import shutil

    pack = folder / "pack"
    shutil.copytree("data/gavleborg", pack)
    (pack / "actors.yaml").write_text("- {id: 1")
    with running(folder / "parked", PACK=str(pack)) as here:
        database = here.platform.services["intake"].store.database
        dispatch = here.platform.dispatches["matching"]
        assert database
        dispatch.handle(Batch([record(body=b"{", ce_type=b"gort.intake.idea-received.v1")]))
        until(lambda: "gort_pack_defects" in shown(httpx.get(f"{here.address}/metrics").text), "the pack was refused")
        return shown(httpx.get(f"{here.address}/metrics").text)


def test_what_is_watched_for_rising_is_there_from_the_start(tmp_path: Path) -> None:
    """Prometheus sees no rise in a series that is new: the first mails that fail would not be seen to."""
    with variables({"GORT_DATA": str(tmp_path)}):
        words = scraped(build_platform(SERVICES, environment()))
    for outcome in ("sent", "later", "unsure", "failed"):
        assert f'gort_deliveries_total{{notifier="mailbox",outcome="{outcome}",service="notify"}} 0.0' in words
    for outcome in ("classified", "abstained"):
        assert f'gort_ideas_classified_total{{outcome="{outcome}",service="matching"}} 0.0' in words
    assert 'gort_events_total{outcome="again",service="matching",stream="intake.ideas"} 0.0' in words


SCENES: tuple[Callable[[Path], Moved], ...] = (
    a_life,
    mail_away,
    kafka_away,
    no_directory,
    what_fails,
    parked_and_refused,
)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Moved:
    return set[str]().union(*(scene(tmp_path_factory.mktemp("scene")) for scene in SCENES))


@pytest.mark.parametrize("name", [metric.name for metric in ALL])
def test_it_is_moved(name: str, moved: Moved) -> None:
    if name in ELSEWHERE:
        assert name in Path(ELSEWHERE[name]).read_text()
    else:
        assert name in moved
