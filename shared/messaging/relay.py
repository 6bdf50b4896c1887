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
Tell = Callable[[Sequence[Record]], Sequence[bool]]  # which of these the broker has


@dataclass(slots=True)
class Ahead:
    """What was told although a record before it was not: it is not told again, unless all is told anew (`republish`)."""

    place: int = 0
    told: set[int] = field(default_factory=set[int])

    def stand(self, place: int) -> None:
        self.told = {position for position in self.told if position > place} if place >= self.place else set()
        self.place = place


def pending(service: str, database: Database, stream: str, after: int, limit: int) -> list[Record]:
    """Records of a stream after a position, oldest first, at most `limit`."""
    with database.reading() as connection:
        return [encode(said, service) for said in outbox.after(connection, stream, after, limit)]


def relay_once(service: str, database: Database, tell: Tell, ahead: Ahead | None = None) -> bool | None:
    """Move what is pending, at most `MOST`. True: there may be more; None: all is told; False: not now, try again.

    Any number of processes may try: one at a time does it, the others are told to try again. A record that was told twice,
    by two that met or by one that died before its place was kept, has the same id both times. The caller keeps
    `ahead` from pass to pass.
    """
    ahead = ahead or Ahead()
    with database.relaying() as mine:
        if not mine:
            return False
        with database.reading() as connection:
            here = places.place(connection, RELAY)
            most = MOST + len(ahead.told)  # what is told already does not hide what is not
            said = outbox.beyond(connection, here, most)
        ahead.stand(here)
        if not said:
            return None
        records = [encode(s, service) for s in said if s.position not in ahead.told]
        untold = _untold(records, tell(records), ahead.told)
        with unit_of_work(database) as work:
            places.advance(work.connection, RELAY, said[-1].position if untold is None else untold - 1)
    if untold is not None:
        return False
    return True if len(said) == most else None


def _untold(records: Sequence[Record], told: Sequence[bool], ahead: set[int]) -> int | None:
    """The position of the first that was not told. Those that were are remembered in `ahead`."""
    ahead.update(record.position for record, ok in zip(records, told, strict=True) if ok)
    return next((record.position for record, ok in zip(records, told, strict=True) if not ok), None)
