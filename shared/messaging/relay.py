"""What an outbox has to tell, as records: the one way in which anything is published.

On one machine listeners read `pending` themselves. Towards a broker a `Relay` moves it: one record of each key in flight, so
that a stalled broker cannot reorder a key, and its place kept in the database that the outbox is in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

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
    """Move what is pending, at most `MOST`. True: there may be more; None: nothing; False: not now, try again.

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
            said = outbox.beyond(connection, here, MOST)
        ahead.stand(here)
        if not said:
            return None
        untold = _in_waves([encode(s, service) for s in said if s.position not in ahead.told], tell, ahead.told)
        reached = said[-1].position if untold is None else untold - 1
        with unit_of_work(database) as work:
            places.advance(work.connection, RELAY, reached)
        return untold is None


def _in_waves(records: Sequence[Record], tell: Tell, ahead: set[int]) -> int | None:
    """Tell all, each key in order; the position of the first that was not told. One that fails ends the pass."""
    made = waves(records)
    for number, wave in enumerate(made):
        told = tell(wave)
        ahead.update(record.position for record, ok in zip(wave, told, strict=True) if ok)
        if not all(told):
            failed = [record for record, ok in zip(wave, told, strict=True) if not ok]
            return min(record.position for record in chain(failed, *made[number + 1 :]))
    return None


def waves(records: Iterable[Record]) -> list[list[Record]]:
    """The nth record of each key is in the nth wave."""
    seen: dict[bytes | None, int] = {}
    made: list[list[Record]] = []
    for record in records:
        number = seen.get(record.key, 0)
        seen[record.key] = number + 1
        if number == len(made):
            made.append([])
        made[number].append(record)
    return made
