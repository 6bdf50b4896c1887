"""Who told ideas. An erased one leaves a mark, so that a contact heard late does not come back."""

from sqlalchemy import Connection

from services.notify.domain.contact import Contact
from services.notify.storage.tables import contacts
from shared.kernel.ids import IdeaId
from shared.storage.rows import get, put

NOTHING = dict.fromkeys(("name", "email", "phone", "reach", "language"))


class SqlContacts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, idea_id: IdeaId) -> Contact | None:
        row = get(self._connection, contacts, idea_id=idea_id)
        if row is None or row.erased:
            return None
        return Contact(row.idea_id, row.name, row.email, row.phone, row.reach, row.language)

    def put(self, contact: Contact) -> None:
        known = get(self._connection, contacts, idea_id=contact.idea_id)
        if known and known.erased:
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

    def erase(self, idea_id: IdeaId) -> None:
        row = {"idea_id": idea_id, **NOTHING, "erased": True}
        put(self._connection, contacts, row)
