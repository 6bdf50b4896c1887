"""A small run of `make chaos` in every test run: one process over files, killed twice while it works."""

from pathlib import Path

import pytest

from tests.chaos.__main__ import chaos
from tests.chaos.houses import one_process
from tests.chaos.sink import Sink


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_whatever_is_killed_nothing_is_lost_and_nothing_is_done_twice(tmp_path: Path) -> None:
    with Sink() as sink, one_process(tmp_path, sink.port) as house:
        result = chaos(30, 2, 1, house, sink)
    assert not [promise for promise, broken in result["wrong"].items() if broken], result
    assert (result["ideas"], result["kills"]) == (30, 2)
    assert result["mails"] >= result["deliveries"] > 0
