"""What intake's pages and API share: the store, the keys, the time, and how an idea is taken in and counted."""

from dataclasses import dataclass

from services.intake.commands.submit_idea import Receipt, SubmitIdea, submit_idea
from services.intake.domain.work import Work
from services.intake.settings import Settings
from shared.runtime.environment import Environment
from shared.storage.store import Store
from shared.telemetry.logging import logger


@dataclass(frozen=True, slots=True)
class Door:
    store: Store[Work]
    env: Environment
    settings: Settings

    def take(self, wish: SubmitIdea) -> Receipt:
        """Take an idea in, once. Raise what `submit_idea` raises."""
        with self.store.writing() as work:
            receipt = submit_idea(wish, work, self.env.keys, self.env.clock)
        if not receipt.again:
            logger("intake").info("idea received", idea=receipt.idea_id)
        return receipt

    def page_of(self, receipt: Receipt) -> str:
        """The path of the holder's own page."""
        return self.env.urls.path("intake", "pages", f"/min/{receipt.secret}")
