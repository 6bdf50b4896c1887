"""What an outbox has to tell, as records: the one way in which anything is published.

On one machine listeners read `pending` themselves. Towards a broker a relay moves it, and keeps its place in the database that
the outbox is in. Whoever tells keeps the order of each key: after one that was not told, none of its key and stream is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from shared.messaging.record import Record, encode
from shared.storage import outbox, places
from shared.storage.database import Database
from shared.storage.unit_of_work import unit_of_work

RELAY = "relay"  # the name of its place
MOST = 500  # records a pass
Mine = Callable[[], bool]  # is it still our turn? It raises when the database has ended it
Tell = Callable[[Sequence[Record], Mine], Sequence[bool]]  # which of these the broker has; it asks before it sends


@dataclass(slots=True)
class Ahead:
    """What was told although a record before it was not: it is not told again, unless all is told anew (`republish`)."""

    place: int = 0
    told: set[int] = field(default_factory=set[int])
    without: frozenset[str] = frozenset()
    come: int = 0  # up to here all was told, but on streams `without`

    def stand(self, place: int, without: frozenset[str]) -> int:
        """Stand at a place. After which position to read, when some streams are left out."""
        self.told = {position for position in self.told if position > place} if place >= self.place else set()
        if place < self.place or (without and without != self.without):
            self.without, self.come = without, 0
        self.place = place
        return max(place, self.come) if without else place


def pending(service: str, database: Database, stream: str, after: int, limit: int) -> list[Record]:
    """Records of a stream after a position, oldest first, at most `limit`."""
    with database.reading() as connection:
        return [encode(said, service) for said in outbox.after(connection, stream, after, limit)]


def relay_once(
    service: str, database: Database, tell: Tell, ahead: Ahead | None = None, without: frozenset[str] = frozenset()
) -> bool | None:
    """Move what is pending, at most `MOST`. True: there may be more; None: all is told; False: not now, try again.

    Streams to go `without` are left as they are, however much waits on them, and the place before the first that waits.

    Any number of processes may try: one at a time does it, the others are told to try again. A record that was told twice,
    by two that met or by one that died before its place was kept, has the same id both times. The caller keeps
    `ahead` from pass to pass.
    """
    ahead = ahead or Ahead()
    with database.relaying() as mine:
        if not mine():
            return False
        with database.reading() as connection:
            here = places.place(connection, RELAY)
            read = ahead.stand(here, without)
            most = MOST + sum(position > read for position in ahead.told)  # it does not hide what is not told
            said = outbox.beyond(connection, read, most, without)
            left = outbox.first(connection, here, without)
        if not said:
            return None if left is None else False
        records = [encode(s, service) for s in said if s.position not in ahead.told]
        untold = _untold(records, tell(records, mine), ahead.told)
        waits = [position - 1 for position in (untold, left) if position is not None]
        ahead.place = min([said[-1].position, *waits])
        with unit_of_work(database) as work:
            places.advance(work.connection, RELAY, ahead.place)
    if untold is None:
        ahead.come = said[-1].position
        if len(said) == most:
            return True
    return False if waits else None


def _untold(records: Sequence[Record], told: Sequence[bool], ahead: set[int]) -> int | None:
    """The position of the first that was not told. Those that were are remembered in `ahead`."""
    ahead.update(record.position for record, ok in zip(records, told, strict=True) if ok)
    return next((record.position for record, ok in zip(records, told, strict=True) if not ok), None)
