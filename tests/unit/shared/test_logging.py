"""What a log line tells of a failure: enough for an operator, nothing of anybody."""

import io
import json
import logging
from pathlib import Path

import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from shared.telemetry.logging import cause, set_up


def test_a_full_disk_is_named_and_what_was_being_written_is_not(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/small.db")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE words (said TEXT)"))
        connection.execute(text("PRAGMA max_page_count = 3"))
        with pytest.raises(OperationalError) as full:
            connection.execute(text("INSERT INTO words VALUES (:said)"), {"said": "krusbärskräm" * 5000})
    engine.dispose()
    assert cause(full.value)["error"] == "OperationalError SQLITE_FULL"
    assert "krusbärskräm" not in str(cause(full.value))


def test_what_a_library_says_again_and_again_is_one_line_a_place_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    told = io.StringIO()
    before = structlog.get_config()
    set_up("info", told)
    try:
        for _ in range(100):
            logging.getLogger("some.library").error("no route to %s", "anna@example.org")
        logging.getLogger("some.library").warning("another place")
    finally:
        structlog.configure(**before)
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [(line["event"], line["reason"]) for line in lines] == [("a library complained", "some.library")] * 2
    assert "anna" not in told.getvalue()
