"""No module does work when it is imported: two platforms can live in one process, and a command answers at once."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def imported() -> dict[str, Any]:
    command = [sys.executable, "-B", "-m", "tests.architecture.importing"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_importing_opens_no_file_no_socket_no_thread(imported: dict[str, Any]) -> None:
    assert imported["modules"] > 100
    assert imported["happened"] == []


def test_nothing_of_a_running_platform_is_global(imported: dict[str, Any]) -> None:
    assert imported["globals"] == []


def test_what_is_heavy_is_imported_where_it_is_first_used(imported: dict[str, Any]) -> None:
    assert imported["heavy"] == []
