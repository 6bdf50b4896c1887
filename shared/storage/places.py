"""How far each log has been read: written in the transaction of its effects, so that a killed process loses nothing."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from shared.storage.tables import places


def place(connection: Connection, source: str) -> int:
    """The last position of a source whose effects are here; 0 = nothing yet."""
    return connection.execute(select(places.c.position).where(places.c.source == source)).scalar() or 0


def move(connection: Connection, source: str, position: int) -> None:
    row = upsert(places).values(source=source, position=position)
    connection.execute(row.on_conflict_do_update(index_elements=["source"], set_={"position": position}))
