"""A bare FastStream chain: the same topics, hops, partitions, batches, acks and classifier calls, and nothing stored.

`python -m tests.bench.bare matching|notify ADDRESS PREFIX`, a process a service, as one would write it by the book.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage

from services.matching import signals
from services.matching.domain.assessor import Assessor
from services.matching.domain.idea_view import IdeaView
from shared.messaging.kafka.hearing import MOST, POLL
from shared.runtime.plugs import find


def entries() -> list[Any]:
    """The directory, from the pack itself."""
    from services.directory.sources import pack

    return [given.entry for given in pack.read(Path("data/gavleborg"))]


def main(role: str, address: str, prefix: str) -> None:
    broker = KafkaBroker(address, acks="all", enable_idempotence=True, allow_auto_create_topics=False, logger=None)
    heard, said = {
        "matching": ("intake.ideas", "matching.matches"),
        "notify": ("matching.matches", "notify.referrals"),
    }[role]
    knows = Assessor(entries(), find(signals)) if role == "matching" else None

    def judged(idea: dict[str, Any]) -> None:
        if knows:
            knows.assess(IdeaView(text=idea["text"], language=idea["language"], place=idea["place"]))

    @broker.subscriber(
        prefix + heard,
        group_id=f"{prefix}bare-{role}",
        batch=True,
        max_records=MOST,
        batch_timeout_ms=POLL,
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="earliest",
    )
    async def hear(bodies: list[dict[str, Any]], message: KafkaMessage) -> None:
        ideas = [body for body in bodies if body.get("last", True)]
        for idea in ideas:
            await asyncio.to_thread(judged, idea)
        events = [
            idea | {"last": last} for idea in ideas for last in ((False, True) if role == "matching" else (True,))
        ]
        await asyncio.gather(
            *(broker.publish(e, prefix + said, key=e["id"].encode(), headers={"n": "1"}) for e in events)
        )
        await message.ack()

    asyncio.run(FastStream(broker, logger=None).run())


if __name__ == "__main__":
    main(*sys.argv[1:4])
