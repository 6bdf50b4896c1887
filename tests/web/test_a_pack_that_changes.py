"""The pack is read again when it changes: what could not be taken over is tried again, what is wrong is told."""

import asyncio
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from shared.telemetry.logging import set_up
from tests.running import Running, running, until

LITTLE = Path("tests/packs/liten")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LITTLE, tmp_path / "pack"))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    yield io.StringIO()
    set_up("error", io.StringIO())


@pytest.fixture
def here(pack: Path, tmp_path: Path, log: io.StringIO) -> Iterator[Running]:
    with running(tmp_path / "data", PACK=str(pack), DIRECTORY_LOOK_EVERY="0.1") as platform:
        set_up("error", log)
        until(lambda: "Matlaget" in actors(platform), "the pack was read")
        yield platform


def actors(here: Running) -> str:
    return httpx.get(f"{here.address}/katalog/vem").text


def metrics(here: Running) -> str:
    return httpx.get(f"{here.address}/metrics").text


def rename(pack: Path, old: str, new: str) -> None:
    file = pack / "actors.yaml"
    text = file.read_text("utf-8")
    assert old in text
    saved = pack / "saved"
    saved.write_text(text.replace(old, new), "utf-8")
    saved.replace(file)


def test_a_change_that_could_not_be_taken_over_is_tried_again(here: Running, pack: Path) -> None:
    writer = here.platform.services["directory"].store.database.writer
    with writer.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END")
    rename(pack, "Matlaget", "Soppgänget")
    failed = 'gort_job_runs_total{job="read-pack",outcome="failed",service="directory"}'
    until(lambda: failed in metrics(here), "it was tried in vain")
    assert "Soppgänget" not in actors(here)
    with writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    until(lambda: "Soppgänget" in actors(here), "it was taken over")


def test_a_pack_that_is_wrong_is_told_in_figures_log_and_on_the_desk(
    here: Running, pack: Path, log: io.StringIO
) -> None:
    rename(pack, "org_type: ", "org_type: x")
    until(
        lambda: "gort_pack_defects" in metrics(here) and 'defects{service="directory"} 0.0' not in metrics(here), "seen"
    )
    (line,) = [json.loads(said) for said in log.getvalue().splitlines() if "pack refused" in said]
    assert (line["file"], line["reason"]) == ("actors.yaml", "pack_refused")
    assert line["count"] > 0 and line["entry"].endswith("org_type: unknown")
    assert "actors.yaml: matlaget: org_type" in here.operator().get("/katalog-skotsel").text
    assert "Matlaget" in actors(here), "what is shown is the older one"


def test_a_file_that_is_half_saved_withdraws_nothing(pack: Path, tmp_path: Path) -> None:
    file = pack / "actors.yaml"
    whole = file.read_text("utf-8")
    with running(tmp_path / "data", PACK=str(pack), DIRECTORY_LOOK_EVERY="1000") as here:
        until(lambda: "Matlaget" in actors(here), "the pack was read")
        (job,) = here.platform.services["directory"].jobs
        file.write_text(whole[: whole.rindex("  - id: ")], "utf-8")
        asyncio.run(job.run())
        file.write_text(whole.replace("Matlaget", "Soppgänget"), "utf-8")
        asyncio.run(job.run())
        assert "Matlaget" in actors(here), "it may still be being saved"
        asyncio.run(job.run())
        until(lambda: "Soppgänget" in actors(here), "it has come to rest and is read")
        with here.platform.services["directory"].store.database.reader.connect() as connection:
            told = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE key LIKE 'actor:%'").scalar_one()
        assert told == whole.count("  - id: ") + 1, "each at the start, and the renamed one once more"
