"""Who lost its turn to relay sends nothing more, however much it has read: on real PostgreSQL and a real Kafka."""

import asyncio
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError, PendingRollbackError

from shared.events.contact_erased import ContactErased
from shared.messaging.kafka.speaking import Speaking
from shared.messaging.record import Record
from shared.messaging.relay import Mine, relay_once
from shared.storage.database import Database
from tests.conformance.kept import kept
from tests.conformance.stage import Speaker, opened, played
from tests.conformance.test_postgres import end_relaying
from tests.conformance.test_storage import url_of
from tests.conformance.test_transport import given
from tests.servers import broker, drop, fresh_database


class Replica:
    """A process that tells the outbox to Kafka when it is asked to."""

    def __init__(self, database: Database, prefix: str) -> None:
        self.database, self._loop = database, asyncio.get_running_loop()
        self.speaking = Speaking(broker().address, prefix, "intake", 20)

    async def relay(self) -> bool | None:
        return await asyncio.to_thread(relay_once, "intake", self.database, self.tell)

    def tell(self, records: Sequence[Record], mine: Mine) -> list[bool]:
        return asyncio.run_coroutine_threadsafe(self.speaking.tell(records, mine), self._loop).result()


@played
async def test_who_slept_until_its_turn_was_over_sends_nothing_behind_the_tombstone_that_another_told(
    prefix: str,
) -> None:
    database = opened(fresh_database())
    twin = Database(url_of(database))
    slept, other, speaker = Replica(database, prefix), Replica(twin, prefix), Speaker("intake", twin)
    address = given("k", 1)
    told = list[bool]()

    def sleep_and_tell(records: Sequence[Record], mine: Mine) -> list[bool]:
        """It has read the address. What happens meanwhile happens to it, not to the other."""
        end_relaying(database)
        assert relay_once("intake", twin, other.tell) is None, "the other takes over"
        speaker.say(ContactErased(idea_id=address.idea_id, sequence=2, at=address.at))
        assert relay_once("intake", twin, other.tell) is None
        told.extend(slept.tell(records, mine))
        return told

    speaker.say(address)
    try:
        relay = asyncio.to_thread(relay_once, "intake", database, sleep_and_tell)
        (ended,) = await asyncio.gather(relay, return_exceptions=True)
        assert isinstance(ended, DBAPIError | PendingRollbackError), "it learned that its turn is over"
        assert await kept(broker().address, f"{prefix}intake.contacts", b"k") == [address.body(), None]
        assert told == [False]
        assert await slept.relay() is None, "it relays again, and nothing is left"
    finally:
        for replica in (slept, other):
            await replica.speaking.stop()
            replica.database.close()
        drop(url_of(database))
