"""The developers' guide, followed to the letter, in a copy of the tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.errors import CommandFailed
from deploy.scaffold import new

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in ("services", "shared", "deploy", "tests", "data", "docs"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(copy: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_adding_an_event(copy: Path) -> None:
    made = new("event", "idea_praised", copy)
    assert all(file.exists() for file in made)
    run(copy, "-m", "pytest", "-q", "tests/contracts", "-p", "no:cacheprovider")
    assert "gort.intake.idea-praised.v1" in run(copy, "-m", "deploy", "events")


@pytest.mark.parametrize(("by", "stream"), [("matching", "matching.matches"), ("notify", "notify.referrals")])
def test_an_event_is_said_by_whom_its_maker_named(copy: Path, by: str, stream: str) -> None:
    event, golden = new("event", "idea_praised", copy, by)
    assert f'type="gort.{by}.idea-praised.v1", stream="{stream}"' in event.read_text()
    assert f"Said by {by};" in event.read_text()
    assert golden.exists()


def test_adding_a_notifier_in_one_folder(copy: Path) -> None:
    made = new("notifier", "pigeon", copy)
    assert [file.relative_to(copy).as_posix() for file in made] == ["services/notify/notifiers/pigeon/__init__.py"]
    found = run(copy, "-m", "pytest", "-q", "-rA", "tests/conformance/test_notifiers.py", "-p", "no:cacheprovider")
    assert "[pigeon]" in found
    assert "GORT_NOTIFY_PIGEON_ADDRESS" in run(copy, "-m", "deploy", "settings")


def test_what_is_there_is_left_alone_and_wrong_names_are_said(copy: Path) -> None:
    for what, name in (("event", "idea_received"), ("event", "Idea Praised"), ("pigeon", "x"), ("notifier", "smtp")):
        with pytest.raises(CommandFailed):
            new(what, name, copy)
    for by in ("directory", "nobody"):
        with pytest.raises(CommandFailed):
            new("event", "idea_praised", copy, by)
