"""What an outbox has to tell, as records: the one way in which anything is published."""

from shared.messaging.record import Record, encode
from shared.storage import outbox
from shared.storage.database import Database


def pending(service: str, database: Database, stream: str, after: int, limit: int) -> list[Record]:
    """Records of a stream after a position, oldest first, at most `limit`."""
    with database.reading() as connection:
        return [encode(said, service) for said in outbox.after(connection, stream, after, limit)]
