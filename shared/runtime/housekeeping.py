"""What every service's database needs now and then: old events pruned, streams compacted, erased text off the disk."""

import asyncio
from datetime import timedelta
from typing import Any

from shared.events.streams import INBOX_DAYS, STREAMS
from shared.kernel.clock import Clock
from shared.messaging.relay import RELAY
from shared.runtime.jobs import Job
from shared.storage import inbox, outbox, places
from shared.storage.store import Store
from shared.storage.unit_of_work import unit_of_work


def housekeeping(store: Store[Any], clock: Clock, relays: bool) -> Job:
    """A job that keeps a database small. Where a relay moves the outbox, what it has not moved stays."""

    def tidy() -> int:
        now = clock.now()
        with unit_of_work(store.database) as uow:
            moved = places.place(uow.connection, RELAY) if relays else None
            for stream in STREAMS.values():
                before = now - timedelta(days=stream.days)
                if stream.compacted:
                    outbox.compact(uow.connection, stream.name, moved)
                    outbox.drop_tombstones(uow.connection, stream.name, before, moved)
                else:
                    outbox.prune(uow.connection, stream.name, before, moved)
            inbox.prune(uow.connection, now - timedelta(days=INBOX_DAYS))
        store.database.tidy()
        return 0

    async def run() -> int:
        return await asyncio.to_thread(tidy)

    return Job("tidy-database", run, every=300)
