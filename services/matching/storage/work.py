"""Matching's unit of work over its database."""

from services.matching.storage.entries import SqlEntries
from services.matching.storage.ideas import SqlIdeas
from shared.events.event import Event
from shared.storage.unit_of_work import UnitOfWork


class SqlWork:
    """Implements `services.matching.domain.work.Work`."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self.ideas = SqlIdeas(uow.connection)
        self.entries = SqlEntries(uow.connection)

    def say(self, event: Event) -> None:
        self._uow.say(event)

    def notice(self) -> None:
        self._uow.notice()

    def forget(self, key: str) -> None:
        self._uow.forget(key)
