"""aiokafka's consumer, but for two things: it waits for records instead of being asked all the time, and a batch that it cannot
read does not stop the stream, nor lose what was read beside it.

The name of a header that is not UTF-8 makes aiokafka raise for the whole batch that it stands in, for ever. Such a batch is a
foreign program's. Each of its records is handed over without its words: `header_not_text`, for an operator to see.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (aiokafka says little of its types)

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError, KafkaTimeoutError

WAIT = 1000  # ms for records to come
SOON = 500  # ms for records that are there

Polled = ConsumerRecord[bytes, bytes]
Found = dict[TopicPartition, list[Polled]]


class Reader(AIOKafkaConsumer):
    async def getmany(self, *partitions: TopicPartition, timeout_ms: int = 0, max_records: int | None = None) -> Found:  # noqa: ARG002
        """What has come, at most `max_records`; empty after a second without any."""
        try:
            return await super().getmany(*partitions, timeout_ms=WAIT, max_records=max_records)
        except UnicodeDecodeError:
            await self._back()
            try:
                return {tp: found for tp in self.assignment() if (found := await self._carefully(tp, max_records or 1))}
            except KafkaError:
                await self._back()
                raise

    async def _back(self) -> None:
        """To what was heard last: what aiokafka had read of other partitions is gone with the error."""
        for tp in self.assignment():
            place = await self.committed(tp)
            if place is None:
                await self.seek_to_beginning(tp)
            else:
                self.seek(tp, place)

    async def _carefully(self, tp: TopicPartition, most: int) -> list[Polled]:
        """One by one, up to and with the batch that cannot be read."""
        found: list[Polled] = []
        try:
            while len(found) < most and (one := await self._one(tp)):
                found.append(one)
        except UnicodeDecodeError:
            first = await self.position(tp)
            found += [_wordless(tp, offset) for offset in range(first, await self._after(tp, first))]
        return found

    async def _after(self, tp: TopicPartition, first: int) -> int:
        """The offset behind a batch that cannot be read: of the next record that can, or the end. We stand there then."""
        end = (await self.end_offsets([tp]))[tp]
        for offset in range(first + 1, end):
            self.seek(tp, offset)
            try:
                one = await self._one(tp)
            except UnicodeDecodeError:
                continue
            if one:
                self.seek(tp, offset)
                return offset
            if await self.position(tp) == offset:
                raise KafkaTimeoutError  # there is a record; it has not come
        self.seek(tp, end)
        return end

    async def _one(self, tp: TopicPartition) -> Polled | None:
        found = await super().getmany(tp, timeout_ms=SOON, max_records=1)
        return found[tp][0] if tp in found else None


def _wordless(tp: TopicPartition, offset: int) -> Polled:
    """In the place of a record that cannot be read."""
    return ConsumerRecord(tp.topic, tp.partition, offset, -1, 0, b"?", None, None, 1, -1, (("?", b"\xff"),))
