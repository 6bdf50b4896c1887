"""What notify knows of the directory: whom to ask, and what things are called."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from services.notify.storage.tables import entries
from shared.events.entry import AnyEntry, read_entry
from shared.storage.rows import put


class SqlEntries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sought: dict[str, AnyEntry | None] = {}  # what was read: in a unit of work nobody else changes it
        self._unheard: set[str] = set()

    def learn(self, entry_key: str, sequence: int, entry: AnyEntry | None) -> None:
        row = {"entry_key": entry_key, "sequence": sequence, "body": entry.model_dump_json() if entry else None}
        put(self._connection, entries, row, newer="sequence")
        self._sought.pop(entry_key, None)
        self._unheard.discard(entry_key)

    def unheard(self, keys: Sequence[str]) -> set[str]:
        self._seek(keys)
        return self._unheard & set(keys)

    def by_key(self, keys: Sequence[str]) -> Mapping[str, AnyEntry]:
        self._seek(keys)
        return {key: entry for key in keys if (entry := self._sought.get(key))}

    def _seek(self, keys: Sequence[str]) -> None:
        new = set(keys) - self._sought.keys() - self._unheard
        if new:
            found = self._connection.execute(select(entries).where(entries.c.entry_key.in_(new)))
            self._sought |= {row.entry_key: read_entry(row.body) if row.body else None for row in found}
            self._unheard |= new - self._sought.keys()

    def of_kind(self, kind: str) -> Sequence[AnyEntry]:
        wanted = select(entries.c.body).where(
            entries.c.entry_key.startswith(f"{kind}:", autoescape=True), entries.c.body.is_not(None)
        )
        found = [read_entry(body) for body in self._connection.execute(wanted).scalars()]
        return sorted(found, key=lambda entry: entry.name)
