"""Show how Kafka's topics differ from the catalogue of streams; with --make, make what is missing. Takes nothing away."""

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer

from deploy.app import bus, environment
from deploy.errors import CommandFailed
from deploy.output import table

NAME = "topics"
BY_A_PERSON = {
    "partitions": "The number of partitions never changes by itself: events of one key would lose their order.",
    "retention.ms": "What is kept for longer than people are promised is a person's to shorten, with kafka-configs.",
    "copies": "The copies of a topic that is there are a person's to make, with Kafka's own kafka-reassign-partitions.",
}


def run(
    make: Annotated[bool, typer.Option("--make", help="Make missing topics, set what differs")] = False,
    copies: Annotated[int, typer.Option(help="How many brokers keep each record")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False,
) -> None:
    platform = environment(()).platform
    if not platform.bus.startswith("kafka://"):
        raise CommandFailed("GORT_BUS names no Kafka: set it to kafka://host:port/prefix.")
    from aiokafka.errors import KafkaError  # late: other commands do without

    from deploy.topics import Topics

    address, prefix = bus(platform)
    topics = Topics(address, prefix, copies)
    try:
        left = asyncio.run(topics.make() if make else topics.differences())
    except (KafkaError, OSError) as error:
        raise CommandFailed(f"Kafka at {address} did not do it ({type(error).__name__}). Is it up?") from error
    if left or as_json:
        table([asdict(difference) for difference in left], as_json)
    else:
        print("every topic is as the catalogue says")
    if make and left:
        words = {BY_A_PERSON.get(d.what, "Kafka has not taken over the rest. Look again in a while.") for d in left}
        raise CommandFailed("\n".join(sorted(words)))
