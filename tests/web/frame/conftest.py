"""One frame for all of these tests, and a visitor to it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.web.frame.house import House, standing


@pytest.fixture(scope="package")
def house() -> Iterator[House]:
    with standing() as built:
        yield built


@pytest.fixture
def visitor(house: House) -> Iterator[httpx.Client]:
    with house.visitor() as client:
        yield client
