"""The directory's unit of work over its database."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select, update

from services.directory.domain.fingerprint import Fingerprint
from services.directory.domain.pack_entry import PackEntry
from services.directory.storage.tables import entries
from shared.events.entry import AnyEntry, read_entry
from shared.events.event import Event
from shared.storage.rows import change, insert, put
from shared.storage.unit_of_work import UnitOfWork

UNLIKE_ANY = ""  # no digest: what a source says differs from it


class SqlEntries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fingerprints(self) -> Mapping[str, Fingerprint]:
        known = select(entries.c.entry_key, entries.c.entry_digest, entries.c.notes_digest).where(~entries.c.withdrawn)
        return {key: Fingerprint(entry, notes) for key, entry, notes in self._connection.execute(known)}

    def publish(self, given: PackEntry) -> int:
        row = {**self._row(given), "withdrawn": False}
        query = insert(self._connection, entries).values({**row, "version": 1})
        newer = query.on_conflict_do_update(
            index_elements=["entry_key"], set_={**row, "version": entries.c.version + 1}
        )
        return self._connection.execute(newer.returning(entries.c.version)).scalar_one()

    def note(self, given: PackEntry) -> None:
        change(self._connection, entries, {"entry_key": given.key}, self._row(given))

    def withdraw(self, key: str) -> int:
        gone = update(entries).where(entries.c.entry_key == key)
        gone = gone.values(withdrawn=True, version=entries.c.version + 1)
        return self._connection.execute(gone.returning(entries.c.version)).scalar_one()

    def recall(self, key: str, version: int, entry: AnyEntry | None) -> bool:
        row = {
            "entry_key": key,
            "kind": key.partition(":")[0],
            "version": version,
            "entry": entry.model_dump_json() if entry else "{}",
            "notes": "{}",
            "entry_digest": UNLIKE_ANY,
            "notes_digest": UNLIKE_ANY,
            "withdrawn": entry is None,
        }
        return put(self._connection, entries, row, newer="version")

    def edition(self) -> int:
        return self._connection.execute(select(func.coalesce(func.sum(entries.c.version), 0))).scalar_one()

    def of_kind(self, kind: str) -> Sequence[AnyEntry]:
        known = select(entries.c.entry).where(entries.c.kind == kind, ~entries.c.withdrawn)
        found = [read_entry(body) for body in self._connection.execute(known).scalars()]
        return sorted(found, key=lambda entry: entry.name.casefold())

    def get(self, key: str) -> PackEntry | None:
        known = select(entries).where(entries.c.entry_key == key, ~entries.c.withdrawn)
        row = self._connection.execute(known).one_or_none()
        return PackEntry(read_entry(row.entry), json.loads(row.notes)) if row else None

    def count(self) -> Mapping[str, int]:
        query = select(entries.c.kind, func.count()).where(~entries.c.withdrawn).group_by(entries.c.kind)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def _row(self, given: PackEntry) -> dict[str, str]:
        mark = Fingerprint.of(given)
        return {
            "entry_key": given.key,
            "kind": given.entry.kind,
            "entry": given.entry.model_dump_json(),
            "notes": json.dumps(dict(given.notes), ensure_ascii=False),
            "entry_digest": mark.entry,
            "notes_digest": mark.notes,
        }


class SqlWork:
    """Implements `services.directory.domain.work.Work`."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self.entries = SqlEntries(uow.connection)

    def say(self, event: Event) -> None:
        self._uow.say(event)
