"""How far each log has been read: written in the transaction of its effects, so that a killed process loses nothing."""

from sqlalchemy import Connection, update

from shared.storage.rows import get, put
from shared.storage.tables import places


def place(connection: Connection, source: str) -> int:
    """The last position of a source whose effects are here; 0 = nothing yet."""
    row = get(connection, places, source=source)
    return row.position if row else 0


def move(connection: Connection, source: str, position: int) -> None:
    put(connection, places, {"source": source, "position": position})


def advance(connection: Connection, source: str, position: int) -> None:
    """As `move`, and never back: two that told the same may write down how far they came in any order."""
    put(connection, places, {"source": source, "position": position}, newer="position")


def rewind(connection: Connection, source: str | None = None) -> None:
    """Begin again: one source, or every log that is heard (the relay's own place stays). The inbox knows what was heard."""
    wanted = places.c.source.contains("/") if source is None else places.c.source == source
    connection.execute(update(places).where(wanted).values(position=0))
