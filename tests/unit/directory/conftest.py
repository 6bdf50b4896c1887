"""A small pack that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

LITTLE = Path(__file__).parents[2] / "packs" / "liten"


class Spoilt:
    """A copy of the tiny pack; `pack["funding"]` is what a file holds, `write` puts it on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edit(self, file: str, change: Callable[[dict[str, Any]], object]) -> None:
        path = self.folder / f"{file}.yaml"
        held = yaml.safe_load(path.read_text("utf-8"))
        change(held)
        path.write_text(yaml.safe_dump(held, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture
def pack(tmp_path: Path) -> Spoilt:
    return Spoilt(Path(shutil.copytree(LITTLE, tmp_path / "liten")))
