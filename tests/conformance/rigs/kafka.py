"""Apache Kafka: one broker for the whole run, topics of its own for each case. A transport is a process's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.messaging.kafka import KafkaTransport
from tests.servers import broker, fresh_prefix


@contextmanager
def carrier(folder: Path) -> Iterator[Callable[[], KafkaTransport]]:
    address, prefix = broker().address, fresh_prefix()
    yield lambda: KafkaTransport(address, prefix, held=0.05)
