"""What a topic keeps."""

from aiokafka import AIOKafkaConsumer, TopicPartition


async def kept(address: str, topic: str, key: bytes) -> list[bytes | None]:
    """All that a topic has of one key, oldest first."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=address, auto_offset_reset="earliest")
    await consumer.start()
    places = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
    ends, found = await consumer.end_offsets(places), list[bytes | None]()
    while any([await consumer.position(place) < ends[place] for place in places]):
        for records in (await consumer.getmany(timeout_ms=200)).values():
            found += [record.value for record in records if record.key == key]
    await consumer.stop()
    return found
