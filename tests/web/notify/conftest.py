"""A notify of one's own for each test, under either policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.notify.facts import directory
from tests.web.notify.house import House, house


@pytest.fixture
def auto(tmp_path: Path) -> Iterator[House]:
    """Asks by itself, and knows the directory."""
    with house(tmp_path, POLICY="auto") as here:
        here.hear(*directory())
        yield here


@pytest.fixture
def confirm(tmp_path: Path) -> Iterator[House]:
    """Asks when an operator says so, and knows the directory."""
    with house(tmp_path) as here:
        here.hear(*directory())
        yield here
