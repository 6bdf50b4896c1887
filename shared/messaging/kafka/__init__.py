"""Apache Kafka as a transport: FastStream listens, aiokafka's producer speaks. The only folder that knows either."""

from functools import partial

import aiokafka.client
from aiokafka.protocol.metadata import MetadataRequest

from shared.messaging.kafka.transport import KafkaTransport

# Where a broker makes every topic that is asked for, aiokafka asks so that it does: with one partition, and kept as the broker
# likes. It has no setting for that. Ours are made by `gort topics` alone.
aiokafka.client.MetadataRequest = partial(MetadataRequest, allow_auto_topic_creation=False)  # pyright: ignore[reportAttributeAccessIssue]

__all__ = ["KafkaTransport"]
