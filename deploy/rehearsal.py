"""Start in a temporary folder, send the sample ideas, answer the first lead by its link, print what the stores say."""

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

import httpx

from deploy.commands.up import DEMO, listen
from deploy.counting import ACCEPTED, CLASSIFIED, MATCHED, RECEIVED, REQUESTED, Tally, services, tally
from deploy.errors import CommandFailed
from deploy.output import progress
from deploy.samples import samples
from deploy.telling import send
from shared.runtime.service import Service
from shared.runtime.settings import PlatformSettings

PATIENCE = 30.0  # s for one idea to be matched
LOOK = 0.5  # s between looks: looking more often would slow down what is measured


def rehearse(quiet: bool) -> dict[str, object]:
    """The whole loop, once; what it counted. Raise `CommandFailed` when something did not come about in time."""
    with tempfile.TemporaryDirectory() as folder:
        with listen("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        os.environ.update(DEMO | {"GORT_DATA": folder, "GORT_PORT": str(port), "GORT_PUBLIC_URL": address})
        os.environ["GORT_LOG_LEVEL"] = "error"
        began = time.monotonic()
        process = subprocess.Popen([sys.executable, "-m", "deploy", "up"], stdout=subprocess.DEVNULL)
        try:
            cold = _first_page(address, process, began)
            with services() as built:
                figures = _show(address, built, quiet)
        finally:
            process.terminate()
            process.wait()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if sys.platform == "linux" else 1024) / 1024
    return {**figures, "cold_start_s": round(cold, 2), "rss_mb": round(memory)}


def _first_page(address: str, process: subprocess.Popen[bytes], began: float) -> float:
    """Seconds from the start of the process to its first page."""
    while process.poll() is None:
        try:
            httpx.get(address, timeout=10).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.02)
            continue
        return time.monotonic() - began
    raise CommandFailed("The platform did not start. Run `gort up` to see why.")


def _show(address: str, built: dict[str, Service], quiet: bool) -> dict[str, Any]:
    ideas = samples(PlatformSettings().pack)
    _wait(
        lambda: httpx.get(f"{address}/health/ready").is_success and _assessor_ready(built), "the directory was learned"
    )
    for number, idea in enumerate(progress(ideas, "telling the sample ideas", quiet)):
        send(address, {k: v for k, v in idea.items() if k != "id" and v is not None}, f"sample-{idea['id']}")
        _wait(lambda n=number: len(tally(built).of(MATCHED)) > n, "the idea was matched")
    _wait(lambda: not tally(built).deliveries["due"], "every message was sent")
    _answer_first(address, built)
    _wait(lambda: bool(tally(built).of(ACCEPTED)), "the answer was kept")
    _wait(lambda: not tally(built).deliveries["due"], "every message was sent")
    found = tally(built)
    return {
        "ideas": len(found.of(RECEIVED)),
        "classified": len(found.of(CLASSIFIED)),
        "matched": len(found.of(MATCHED)),
        "requested": len(found.of(REQUESTED)),
        "accepted": len(found.of(ACCEPTED)),
        "mails": found.deliveries["sent"],
        "parked": found.parked,
        "idle_latency_ms_p50": _latency(found),
    }


def _assessor_ready(built: dict[str, Service]) -> bool:
    """Has matching learned all that the directory has said, and had a moment to make its index?"""
    with built["matching"].store.reading() as work:
        edition = work.entries.edition()
    if edition.entries and edition.whole:
        time.sleep(2)
        return True
    return False


def _answer_first(address: str, built: dict[str, Service]) -> None:
    """Open the first lead's link as its partner would, and say yes."""
    with built["notify"].store.reading() as work:
        leads = [m for m in reversed(work.desk.mails(500)) if "?svar=ja" in m.text]
    if not leads:
        raise CommandFailed("No lead was mailed. Is there a verified actor above the threshold?")
    link = re.search(rf"{re.escape(address)}/\S+(?=\?svar=ja)", leads[0].text)
    assert link
    httpx.post(f"{link.group()}/ja", data={"name": "Demo"}, follow_redirects=True).raise_for_status()


def _latency(found: Tally) -> int:
    """Median of the time from an idea that came to its first question, ms, one idea at a time."""
    told, asked = found.first(RECEIVED), found.first(REQUESTED)
    waits = [(asked[key] - told[key]).total_seconds() * 1000 for key in asked if key in told]
    return round(statistics.median(waits)) if waits else 0


def _wait(holds: Any, what: str) -> None:
    until = time.monotonic() + PATIENCE
    time.sleep(LOOK)
    while not holds():
        if time.monotonic() > until:
            raise CommandFailed(f"Waited {PATIENCE:.0f} s in vain until {what}.")
        time.sleep(LOOK)
