"""One real browser for all of a file's tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import browser


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as opened:
        yield opened
