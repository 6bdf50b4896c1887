"""A command says what it was asked for, or in one line why it cannot; never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def gort(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **{f"GORT_{name}": value for name, value in settings.items()}}
    return subprocess.run([sys.executable, "-m", "deploy", *words], env=environment, capture_output=True, text=True)


def rows(*words: str, **settings: str) -> list[dict[str, str]]:
    return json.loads(gort(*words, "--json", **settings).stdout)


@pytest.mark.parametrize("settings", [{}, {"SECRET": "x" * 40}], ids=["makes its secret", "is given one"])
def test_a_data_folder_that_cannot_be_used_is_one_line(settings: dict[str, str]) -> None:
    done = gort("up", "--data", "/proc/nowhere", "--port", "0", **settings)
    assert done.returncode == 1
    assert "/proc/nowhere" in done.stderr and "No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "notify.db").mkdir()
    done = gort("up", "--data", str(tmp_path), "--port", "0")
    assert done.returncode == 1
    assert "notify.db" in done.stderr and "Traceback" not in done.stderr


def test_following_an_idea_where_nothing_is_kept_says_so(tmp_path: Path) -> None:
    done = gort("trace", "G7K4M2P", DATA=str(tmp_path / "elsewhere"))
    assert done.returncode == 1
    assert "elsewhere" in done.stderr and "Traceback" not in done.stderr
    assert not list((tmp_path / "elsewhere").glob("*.db")), "what was not there is not made"


def test_a_backup_of_files_that_hold_nothing_is_refused(tmp_path: Path) -> None:
    for name in ("intake", "matching", "notify", "directory"):
        (tmp_path / f"{name}.db").touch()
    done = gort("backup", str(tmp_path / "all.tar.gz"), DATA=str(tmp_path))
    assert done.returncode == 1
    assert "Empty or behind" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "all.tar.gz").exists()


def test_migrating_says_from_what_to_what(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    behind = gort("migrate", "--check", "--json", DATA=data)
    assert behind.returncode == 1
    assert {row["now"] for row in json.loads(behind.stdout)} == {None}
    assert all(row["now"] == row["newest"] != row["before"] for row in rows("migrate", DATA=data))
    assert gort("migrate", "--check", DATA=data).returncode == 0


def test_two_services_on_one_database_are_refused_in_words(tmp_path: Path) -> None:
    one = f"sqlite:///{tmp_path}/intake.db"
    for words in (("migrate",), ("up", "--port", "0"), ("backup", str(tmp_path / "all.tar.gz"))):
        done = gort(*words, DATA=str(tmp_path), MATCHING_DATABASE_URL=one)
        assert done.returncode == 1, words
        assert "The database of matching is intake's" in done.stderr and "Traceback" not in done.stderr
        assert not (tmp_path / "all.tar.gz").exists()


def test_settings_say_what_they_are_now_and_no_secret() -> None:
    secret = "a secret of thirty-two characters"
    told = {
        "SECRET": secret,
        "PORT": "9000",
        "NOTIFY_SIGNIN_RATE": "banana",
        "DATABASE_URL": "postgresql://a:b@c/{service}",
    }
    shown = {row["variable"]: row for row in rows("settings", **told)}
    assert (shown["GORT_PORT"]["now"], shown["GORT_PORT"]["default"]) == ("9000", "8000")
    assert (shown["GORT_SECRET"]["now"], shown["GORT_DATABASE_URL"]["now"]) == ("set", "set")
    assert shown["GORT_HOST"]["now"] == "127.0.0.1"
    assert shown["GORT_NOTIFY_SIGNIN_RATE"]["now"].startswith("WRONG")


@pytest.mark.parametrize("name", ["SIGNIN", "ANSWER"])
def test_a_rate_that_is_none_is_refused_at_the_start(tmp_path: Path, name: str) -> None:
    done = gort("up", "--data", str(tmp_path), "--port", "0", **{f"NOTIFY_{name}_RATE": "banana"})
    assert done.returncode == 1
    assert f"GORT_NOTIFY_{name}_RATE" in done.stderr
