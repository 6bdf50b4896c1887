"""Notify's unit of work over its database."""

from services.notify.storage.cases import SqlCases
from services.notify.storage.contacts import SqlContacts
from services.notify.storage.deliveries import SqlDeliveries
from services.notify.storage.desk import SqlDesk
from services.notify.storage.entries import SqlEntries
from services.notify.storage.partners import SqlPartners
from services.notify.storage.referrals import SqlReferrals
from shared.events.event import Event
from shared.storage import parked
from shared.storage.unit_of_work import UnitOfWork


class SqlWork:
    """Implements `services.notify.domain.work.Work`."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self.cases = SqlCases(uow)
        self.contacts = SqlContacts(uow.connection)
        self.referrals = SqlReferrals(uow.connection)
        self.deliveries = SqlDeliveries(uow.connection)
        self.partners = SqlPartners(uow.connection)
        self.desk = SqlDesk(uow.connection)
        self.entries = SqlEntries(uow.connection)

    def say(self, event: Event) -> None:
        self._uow.say(event)

    def notice(self) -> None:
        self._uow.notice()

    def forget(self, key: str) -> None:
        self._uow.forget(key)

    def forget_parked(self, key: str) -> None:
        parked.erase(self._uow.connection, key)
