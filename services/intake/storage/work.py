"""Intake's unit of work over its database."""

from services.intake.storage.entries import SqlEntries
from services.intake.storage.facts import SqlFacts
from services.intake.storage.follow import SqlFollow
from services.intake.storage.ideas import SqlIdeas
from shared.events.event import Event
from shared.storage.unit_of_work import UnitOfWork


class SqlWork:
    """Implements `services.intake.domain.work.Work`."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self.facts = SqlFacts(uow.connection)
        self.ideas = SqlIdeas(uow.connection, self.facts)
        self.follow = SqlFollow(uow.connection, self.facts)
        self.entries = SqlEntries(uow.connection)

    def say(self, event: Event) -> None:
        self._uow.say(event)

    def notice(self) -> None:
        self._uow.notice()

    def forget(self, key: str) -> None:
        self._uow.forget(key)
