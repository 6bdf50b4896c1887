"""Who the holder is lives in intake and notify alone. The places where each word may be are listed; nowhere else has it."""

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from shared.telemetry.logging import set_up
from tests.flow.helpers import answer_link, asked, mails, tell
from tests.running import Running, running, until

NAME, MAIL, PHONE, SENTENCE = (
    "Kanarina Gulfjäder",
    "kanarina@holder.example",
    "070-555 19 73",
    "blåbärspannkaka i månsken",
)
# What may be where, table by table. `intake.contacts` travels in intake's outbox.
ALLOWED = {
    NAME: {"intake.ideas", "intake.outbox", "notify.contacts", "notify.mailbox"},
    MAIL: {"intake.ideas", "intake.outbox", "notify.contacts", "notify.mailbox"},
    PHONE: {"intake.ideas", "intake.outbox", "notify.contacts", "notify.mailbox"},
    SENTENCE: {"intake.ideas", "intake.outbox", "matching.ideas", "notify.cases", "notify.mailbox"},
}


@pytest.fixture(scope="module")
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, log: io.StringIO) -> Iterator[Running]:
    with running(
        tmp_path_factory.mktemp("data"), NOTIFY_POLICY="auto", NOTIFY_DEMO_DOMAIN="partner.example"
    ) as platform:
        set_up("debug", log)
        yield platform
        set_up("error", io.StringIO())


def places(data: Path, word: str) -> set[str]:
    """Every ``service.table`` that holds a word, in any column."""
    found: set[str] = set()
    for file in data.glob("*.db"):
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            connection.text_factory = bytes
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                rows = connection.execute(f'SELECT * FROM "{table.decode()}"').fetchall()
                if any(word.encode() in cell for row in rows for cell in row if isinstance(cell, bytes)):
                    found.add(f"{file.stem}.{table.decode()}")
    connection.close()
    return found


def test_each_word_is_only_where_it_may_be_and_nowhere_after_a_withdrawal(here: Running, log: io.StringIO) -> None:
    data = here.platform.env.platform.data
    text = f"Ett språkkafé för oss som är nya i landet, där vi äter {SENTENCE} på biblioteket i Söderhamn. "
    text += f"Ring {PHONE} eller skriv till {MAIL}. Hälsningar {NAME}"
    receipt = tell(here, text, place="Söderhamn", name=NAME, email=MAIL, phone=PHONE, reach="mail")
    asked(here, receipt)
    operator, partner = here.operator(), here.client()
    link = answer_link(here, operator)
    before = partner.get(link).text
    assert SENTENCE in before
    assert not [word for word in (NAME, MAIL, PHONE) if word in before], "a partner who has not said yes knows"
    partner.post(f"{link}/ja", data={"name": "Partner"})
    until(lambda: any("sa ja till din idé" in mail for mail in mails(here, operator)), "the holder was told")

    for word, allowed in ALLOWED.items():
        assert places(data, word) <= allowed, word
    unsaid = [
        row for row in outbox(data) if row[0] != "intake.contacts" and any(w in row[1] for w in (NAME, MAIL, PHONE))
    ]
    assert not unsaid, "only the stream of contacts says who it is"
    watched = httpx.get(here.address + "/metrics").text + log.getvalue()
    assert log.getvalue(), "something was logged"
    assert not [word for word in ALLOWED if word in watched]

    here.client().post(f"{receipt['link']}/ta-tillbaka")
    until(lambda: not [w for w in ALLOWED if places(data, w)], "every table forgot")
    for service in here.platform.services.values():
        service.store.database.tidy()
    left = [(f.name, w) for f in data.glob("*.db*") for w in ALLOWED if w.encode() in f.read_bytes()]
    assert not left, "erased text is gone from disk too"


def outbox(data: Path) -> list[tuple[str, str]]:
    """(stream, body) of everything that was said."""
    said: list[tuple[str, str]] = []
    for file in data.glob("*.db"):
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            rows = connection.execute("SELECT stream, body FROM outbox WHERE body IS NOT NULL").fetchall()
        connection.close()
        said += [(stream, body.decode()) for stream, body in rows]
    return said
