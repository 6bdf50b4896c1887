"""The real directory and the tiny one, read as the directory reads them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from services.directory.sources import pack
from shared.events.entry import AnyEntry

ROOT = Path(__file__).parents[3]


def _entries(folder: Path) -> Sequence[AnyEntry]:
    return [read.entry for read in pack.read(folder)]


@pytest.fixture(scope="session")
def gavleborg() -> Sequence[AnyEntry]:
    return _entries(ROOT / "data" / "gavleborg")


@pytest.fixture(scope="session")
def liten() -> Sequence[AnyEntry]:
    return _entries(ROOT / "tests" / "packs" / "liten")
