"""Who told ideas. An erased one leaves a mark, so that a contact heard late does not come back."""

from sqlalchemy import Connection, select

from services.notify.domain.contact import Contact
from services.notify.storage.tables import contacts
from shared.kernel.ids import IdeaId
from shared.storage.upsert import insert, put

NOTHING = dict.fromkeys(("name", "email", "phone", "reach", "language"))


class SqlContacts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, idea_id: IdeaId) -> Contact | None:
        known = select(contacts).where(contacts.c.idea_id == idea_id, ~contacts.c.erased)
        row = self._connection.execute(known).one_or_none()
        return Contact(row.idea_id, row.name, row.email, row.phone, row.reach, row.language) if row else None

    def put(self, contact: Contact) -> None:
        row = {
            "idea_id": contact.idea_id,
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "reach": contact.reach,
            "language": contact.language,
            "erased": False,
        }
        query = insert(self._connection, contacts).values(row)
        self._connection.execute(
            query.on_conflict_do_update(index_elements=["idea_id"], set_=row, where=~contacts.c.erased)
        )

    def erase(self, idea_id: IdeaId) -> None:
        row = {"idea_id": idea_id, **NOTHING, "erased": True}
        put(self._connection, contacts, row)
