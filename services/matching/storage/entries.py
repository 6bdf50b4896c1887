"""Matching's copy of the directory."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from services.matching.domain.work import Edition
from services.matching.storage.tables import entries
from shared.events.entry import AnyEntry, read_entry
from shared.storage.outbox import stamp
from shared.storage.rows import put


class SqlEntries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(self, entry_key: str, sequence: int, entry: AnyEntry | None, edition: int, at: datetime) -> bool:
        body = entry.model_dump_json() if entry else None
        row = {"entry_key": entry_key, "sequence": sequence, "body": body, "learned_at": stamp(at), "edition": edition}
        return put(self._connection, entries, row, newer="sequence")

    def all(self) -> Sequence[AnyEntry]:
        known = select(entries.c.body).where(entries.c.body.is_not(None)).order_by(entries.c.entry_key)
        return [read_entry(body) for body in self._connection.execute(known).scalars()]

    def edition(self) -> Edition:
        of = entries.c
        known = select(func.count(), func.sum(of.sequence), func.max(of.edition), func.max(of.learned_at))
        count, versions, promised, latest = self._connection.execute(known).one()
        return Edition(count, int(versions), promised, latest) if count else Edition()
