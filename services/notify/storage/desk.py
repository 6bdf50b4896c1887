"""Calls, parked events, notes, switches, invitations and the mailbox: what operators see and do besides referrals."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, or_, select, update

from services.notify.domain.notices import Call, Mail, Noted, ParkedElsewhere, Pause
from services.notify.storage.tables import calls, invitations, mailbox, notes, parked_elsewhere, switches
from shared.kernel.ids import IdeaId
from shared.storage.outbox import stamp
from shared.storage.rows import add, change, get, insert, put

OUTGOING = "outgoing-paused"


class SqlDesk:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def call(self, call: Call) -> None:
        row = {**asdict(call), "since": stamp(call.since)}
        add(self._connection, calls, row)

    def calls(self) -> list[Call]:
        waiting = select(calls).where(calls.c.done_at.is_(None)).order_by(calls.c.since)
        found = self._connection.execute(waiting)
        return [Call(r.call_id, r.idea_id, r.why, datetime.fromisoformat(r.since)) for r in found]

    def called(self, call_id: str, by: str, at: datetime) -> IdeaId | None:
        waiting = update(calls).where(calls.c.call_id == call_id, calls.c.done_at.is_(None))
        done = waiting.values(done_at=stamp(at), done_by=by).returning(calls.c.idea_id)
        return self._connection.execute(done).scalar_one_or_none()

    def call_off(self, idea_id: IdeaId, at: datetime) -> None:
        waiting = update(calls).where(calls.c.idea_id == idea_id, calls.c.done_at.is_(None))
        self._connection.execute(waiting.values(done_at=stamp(at), done_by="policy"))

    def parked(self, row: ParkedElsewhere) -> None:
        values = {**asdict(row), "at": stamp(row.at), "gone": False}
        add(self._connection, parked_elsewhere, values)

    def unparked(self, parked_key: str) -> None:
        gone = {"parked_key": parked_key, "gone": True}
        rest = dict.fromkeys(("service", "reaction", "event_type", "subject", "reason", "at"), "")
        query = insert(self._connection, parked_elsewhere).values({**rest, **gone})
        self._connection.execute(query.on_conflict_do_update(index_elements=["parked_key"], set_={"gone": True}))
        as_before = ":".join(parked_key.split(":")[:2])  # how an earlier release called the same row
        change(self._connection, parked_elsewhere, {"parked_key": as_before}, {"gone": True})

    def all_parked(self) -> list[ParkedElsewhere]:
        query = select(parked_elsewhere).where(~parked_elsewhere.c.gone).order_by(parked_elsewhere.c.at)
        return [
            ParkedElsewhere(
                r.parked_key, r.service, r.reaction, r.event_type, r.subject, r.reason, datetime.fromisoformat(r.at)
            )
            for r in self._connection.execute(query)
        ]

    def note(self, noted: Noted) -> None:
        add(self._connection, notes, {**asdict(noted), "at": stamp(noted.at)})

    def notes(self, idea_id: IdeaId, about: Sequence[str] = ()) -> list[Noted]:
        wanted = or_(notes.c.idea_id == idea_id, and_(notes.c.idea_id.is_(None), notes.c.about.in_(about)))
        found = self._connection.execute(select(notes).where(wanted).order_by(notes.c.id))
        return [Noted(datetime.fromisoformat(r.at), r.who, r.what, r.idea_id, r.about) for r in found]

    def paused(self) -> Pause | None:
        row = get(self._connection, switches, name=OUTGOING)
        return Pause(row.by, datetime.fromisoformat(row.at)) if row and row.value else None

    def pause(self, paused: bool, by: str, at: datetime) -> None:
        put(self._connection, switches, {"name": OUTGOING, "value": paused, "by": by, "at": stamp(at)})

    def invite(self, token: str, operator: str, name: str, now: datetime, until: datetime) -> None:
        self._connection.execute(delete(invitations).where(invitations.c.until <= stamp(now)))
        row = {"token": token, "operator": operator, "name": name, "until": stamp(until), "used": False}
        add(self._connection, invitations, row)

    def admit(self, token: str, now: datetime) -> tuple[str, str] | None:
        good = (invitations.c.token == token, ~invitations.c.used, invitations.c.until > stamp(now))
        used = update(invitations).where(*good).values(used=True)
        row = self._connection.execute(used.returning(invitations.c.operator, invitations.c.name)).one_or_none()
        return (row.operator, row.name) if row else None

    def keep_mail(self, mail: Mail) -> None:
        row = {k: v for k, v in asdict(mail).items() if k != "mail_id"} | {"at": stamp(mail.at)}
        add(self._connection, mailbox, row)

    def mails(self, limit: int) -> list[Mail]:
        found = self._connection.execute(select(mailbox).order_by(mailbox.c.mail_id.desc()).limit(limit))
        return [_mail(row) for row in found]

    def mail(self, mail_id: int) -> Mail | None:
        row = get(self._connection, mailbox, mail_id=mail_id)
        return _mail(row) if row else None

    def erase_mails(self, idea_id: IdeaId) -> None:
        self._connection.execute(delete(mailbox).where(mailbox.c.idea_id == idea_id))


def _mail(row: Row[Any]) -> Mail:
    at = datetime.fromisoformat(row.at)
    return Mail(row.message_id, row.to, row.subject, row.text, row.html, at, row.idea_id, row.mail_id)
