"""aiokafka's consumer, but for two things: it waits for records instead of being asked all the time, and a batch that cannot be
read neither stops the stream nor costs what was read beside it.

When one partition's batch raises (a header's name that is not UTF-8, a broken checksum, a compression nobody knows), aiokafka
forgets what it had read of the others, past which it has moved. So we go back to what was heard last, and read one by one.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportPrivateUsage=false
# (aiokafka says little of its types)

from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import CorruptRecordException, KafkaError, KafkaTimeoutError, UnsupportedCodecError

from shared.messaging.record import UNREADABLE

WAIT = 1000  # ms for records to come
SOON = 3000  # ms for records that are there: longer than a fetch that waits for others
BROKEN = (UnicodeDecodeError, CorruptRecordException, UnsupportedCodecError)

One = ConsumerRecord[bytes, bytes]
Found = dict[TopicPartition, list[One]]


class Reader(AIOKafkaConsumer):
    """In the place of what cannot be read stands one record without words, at the last of its offsets.

    `trouble`: why nothing can be read just now. A reader of no group begins, and goes back, on its own.
    """

    def __init__(self, *topics: str, **options: Any) -> None:
        super().__init__(*topics, **options)
        self.trouble: str | None = None
        self._astray = False  # past what nobody was given
        self._given: dict[TopicPartition, int] = {}  # where what was handed over ends

    async def getmany(self, *partitions: TopicPartition, timeout_ms: int = 0, max_records: int | None = None) -> Found:  # noqa: ARG002
        """What has come, at most `max_records`, of each partition if one must be read with care; empty after a second."""
        try:
            found = await self._polled(max_records)
        except KafkaError as error:
            self._astray, self.trouble = True, type(error).__name__
            raise
        finally:
            self._subscription._fetch_count = 0  # aiokafka leaves one that raised at reading: never idle, never evicted
        self._astray, self.trouble = False, None
        self._given |= {tp: records[-1].offset + 1 for tp, records in found.items()}
        return found

    async def _polled(self, most: int | None) -> Found:
        if self._astray:
            await self._back()
        try:
            return await super().getmany(timeout_ms=WAIT, max_records=most)
        except BROKEN:
            self._astray = True
            await self._back()
            return {tp: found for tp in self.assignment() if (found := await self._carefully(tp, most or 1))}

    async def _back(self) -> None:
        """To what was heard last. All places are asked for before the first is taken: half of them would not do."""
        places = {tp: await self.committed(tp) if self._group_id else self._given.get(tp) for tp in self.assignment()}
        for tp, place in places.items():
            if place is None:
                await self.seek_to_beginning(tp)
            else:
                self.seek(tp, place)

    async def _carefully(self, tp: TopicPartition, most: int) -> list[One]:
        """One by one, up to and with what cannot be read."""
        found, end = list[One](), (await self.end_offsets([tp]))[tp]
        try:
            while len(found) < most and await self.position(tp) < end and (one := await self._one(tp)):
                found.append(one)
        except BROKEN:
            found.append(_stand_in(tp, await self._behind(tp, end) - 1))
        return found

    async def _behind(self, tp: TopicPartition, end: int) -> int:
        """The offset behind what cannot be read here: of the next record that can, or the end. We stand there then."""
        for offset in range(await self.position(tp) + 1, end):
            self.seek(tp, offset)
            try:
                one = await self._one(tp)
            except BROKEN:
                continue
            if one:
                self.seek(tp, offset)
                return offset
            if await self.position(tp) == offset:
                raise KafkaTimeoutError  # there is a record; it has not come
        self.seek(tp, end)
        return end

    async def _one(self, tp: TopicPartition) -> One | None:
        found = await super().getmany(tp, timeout_ms=SOON, max_records=1)
        return found[tp][0] if tp in found else None


def _stand_in(tp: TopicPartition, offset: int) -> One:
    return ConsumerRecord(
        topic=tp.topic,
        partition=tp.partition,
        offset=offset,
        timestamp=-1,
        timestamp_type=0,
        key=None,
        value=None,
        checksum=None,
        serialized_key_size=-1,
        serialized_value_size=-1,
        headers=UNREADABLE,  # pyright: ignore[reportArgumentType] - null values come too, whatever it says
    )
