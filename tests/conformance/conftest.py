"""The stage, once over every transport that has a rig."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.rigs import rigs
from tests.conformance.stage import Stage, staged


@pytest.fixture(params=rigs().values(), ids=rigs())
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with request.param.carrier(tmp_path) as make, staged(tmp_path, make) as stage:
        yield stage
