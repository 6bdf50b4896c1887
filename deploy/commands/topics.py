"""Show how Kafka's topics differ from the catalogue of streams; with --make, make what is missing. Takes nothing away."""

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer

from deploy.app import bus, environment
from deploy.errors import CommandFailed
from deploy.output import table

NAME = "topics"


def run(
    make: Annotated[bool, typer.Option("--make", help="Make missing topics, set what differs")] = False,
    copies: Annotated[int, typer.Option(help="How many brokers keep each record of a topic that is made")] = 1,
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
        raise CommandFailed(
            "The number of partitions never changes by itself: events of one key would lose their order."
        )
