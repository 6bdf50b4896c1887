"""Who told ideas. An erased one leaves a mark, so that a contact heard late does not come back."""

from typing import Any

from sqlalchemy import Connection, Row

from services.notify.domain.contact import Contact
from services.notify.storage.tables import contacts
from shared.kernel.ids import IdeaId
from shared.storage.rows import get, put

NOTHING = dict.fromkeys(("name", "email", "phone", "reach", "language"))


class SqlContacts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: dict[IdeaId, Row[Any] | None] = {}  # in a unit of work nobody else changes them

    def get(self, idea_id: IdeaId) -> Contact | None:
        row = self._known(idea_id)
        if row is None or row.erased:
            return None
        return Contact(row.idea_id, row.name, row.email, row.phone, row.reach, row.language)

    def _known(self, idea_id: IdeaId) -> Row[Any] | None:
        if idea_id not in self._seen:
            self._seen[idea_id] = get(self._connection, contacts, idea_id=idea_id)
        return self._seen[idea_id]

    def put(self, contact: Contact) -> None:
        if (known := self._known(contact.idea_id)) and known.erased:
            return
        row = {
            "idea_id": contact.idea_id,
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "reach": contact.reach,
            "language": contact.language,
            "erased": False,
        }
        put(self._connection, contacts, row)
        del self._seen[contact.idea_id]

    def erase(self, idea_id: IdeaId) -> None:
        row = {"idea_id": idea_id, **NOTHING, "erased": True}
        put(self._connection, contacts, row)
        self._seen.pop(idea_id, None)
