"""A platform whose partners are asked at once, shared by the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.running import Running, running


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("data")
    with running(data, NOTIFY_POLICY="auto", NOTIFY_DEMO_DOMAIN="partner.example") as platform:
        yield platform
