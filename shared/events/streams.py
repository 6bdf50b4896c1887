"""The streams: how long each is kept. Names are on the wire and on disk: never change them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream. Compacted: the newest of each key is kept for ever, and a reader can learn all of them.

    `days` is how long anything else stays; on a compacted stream, how long a tombstone does. `partitions` is how many
    processes can share the hearing of it; the number never changes, or what happens to one key would lose its order.
    """

    name: str
    compacted: bool
    days: int
    partitions: int = 6


STREAMS = {
    s.name: s
    for s in (
        Stream("intake.ideas", compacted=False, days=30),
        Stream("intake.contacts", compacted=True, days=30),  # longer than the longest outage of notify
        Stream("matching.matches", compacted=False, days=30),
        Stream("notify.referrals", compacted=False, days=30),
        Stream("directory.entries", compacted=True, days=30, partitions=3),
        Stream("platform.parked", compacted=False, days=30, partitions=3),
    )
}

INBOX_DAYS = 60  # inbox rows outlive every stream: a listener that reads again from the start hears nothing twice
