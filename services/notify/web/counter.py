"""What all of notify's pages share."""

from dataclasses import dataclass

from services.notify.domain.notifier import Carriers
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.settings import Settings
from services.notify.web.links import AnswerLinks
from shared.runtime.environment import Environment
from shared.storage.store import Store


@dataclass(frozen=True, slots=True)
class Counter:
    store: Store[Work]
    env: Environment
    settings: Settings
    tools: Tools
    links: AnswerLinks
    carriers: Carriers
