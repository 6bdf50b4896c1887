"""What a log line tells of a failure: enough for an operator, nothing of anybody."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from shared.telemetry.logging import cause


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
