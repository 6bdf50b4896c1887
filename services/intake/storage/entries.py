"""What intake knows of the directory, to name things on pages."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from services.intake.storage.tables import entries
from shared.events.entry import AnyEntry, read_entry
from shared.storage.rows import put

EDITION = select(func.sum(entries.c.sequence), func.max(entries.c.edition))


class SqlEntries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(self, entry_key: str, sequence: int, entry: AnyEntry | None, edition: int) -> None:
        body = entry.model_dump_json() if entry else None
        row = {"entry_key": entry_key, "sequence": sequence, "body": body, "edition": edition}
        put(self._connection, entries, row, newer="sequence")

    def whole(self) -> bool:
        versions, promised = self._connection.execute(EDITION).one()
        return promised is not None and promised in (0, int(versions))

    def by_key(self, keys: Sequence[str]) -> Mapping[str, AnyEntry]:
        wanted = select(entries).where(entries.c.entry_key.in_(keys), entries.c.body.is_not(None))
        return {row.entry_key: read_entry(row.body) for row in self._connection.execute(wanted)}

    def of_kind(self, kind: str) -> Sequence[AnyEntry]:
        wanted = select(entries.c.body).where(
            entries.c.entry_key.startswith(f"{kind}:", autoescape=True), entries.c.body.is_not(None)
        )
        found = [read_entry(body) for body in self._connection.execute(wanted).scalars()]
        return sorted(found, key=lambda entry: entry.name)
