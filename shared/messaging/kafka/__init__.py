"""Apache Kafka as a transport: FastStream listens, aiokafka's producer speaks. The only folder that knows either."""

from shared.messaging.kafka.transport import KafkaTransport

__all__ = ["KafkaTransport"]
