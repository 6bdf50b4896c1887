"""The stage, once over every transport that has a rig."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.messaging.kafka import KafkaTransport
from tests.conformance.rigs import rigs
from tests.conformance.stage import Stage, staged
from tests.servers import broker, fresh_prefix


@pytest.fixture(params=rigs().values(), ids=rigs())
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with request.param.carrier(tmp_path) as make, staged(tmp_path, make) as stage:
        yield stage


@pytest.fixture
def prefix() -> str:
    """Of topics that were just made for one test."""
    return fresh_prefix()


@pytest.fixture
def kafka_stage(tmp_path: Path, prefix: str) -> Iterator[Stage]:
    """The stage over Kafka alone, for what only a broker can do."""
    with staged(tmp_path, lambda: KafkaTransport(broker().address, prefix, held=0.05)) as made:
        yield made
