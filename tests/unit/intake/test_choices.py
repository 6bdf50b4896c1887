"""What can be chosen is what the directory has: nobody is turned away while only half of it is known here."""

from pathlib import Path
from typing import cast

import pytest

from services.intake.commands.submit_idea import SubmitIdea, submit_idea
from services.intake.domain.holder import Holder
from services.intake.domain.idea import Told
from services.intake.domain.work import Work
from services.intake.reactions.on_entry_published import on_entry_published
from services.intake.service import HERE
from services.intake.storage.work import SqlWork
from shared.events.entry_published import EntryPublished
from shared.kernel.clock import SystemClock
from shared.kernel.errors import Refused
from shared.kernel.ids import MunicipalityCode
from shared.kernel.keys import Keyring
from shared.storage.store import Store
from tests.web.notify.facts import town

KEYS = Keyring(b"a secret of thirty-two characters or more")


@pytest.fixture
def store(tmp_path: Path) -> Store[Work]:
    store = Store[Work](f"sqlite:///{tmp_path}/intake.db", SqlWork, HERE / "storage" / "migrations")
    store.migrate()
    return store


def tell(store: Store[Work], municipality: str) -> None:
    told = Told("Ett språkkafé på biblioteket.", municipality=MunicipalityCode(municipality), channel="api")
    with store.writing() as work:
        submit_idea(SubmitIdea(told, Holder.reached("none", None, None, None, "sv")), work, KEYS, SystemClock())


def learn(store: Store[Work], code: str, edition: int) -> None:
    with store.writing() as work:
        on_entry_published(cast("EntryPublished", town(code)).model_copy(update={"edition": edition}), work)


def test_a_choice_is_checked_when_all_of_the_directory_is_known_and_not_before(store: Store[Work]) -> None:
    tell(store, "2183")
    learn(store, "2182", edition=2)
    tell(store, "2183")
    learn(store, "2183", edition=2)
    tell(store, "2183")
    with pytest.raises(Refused, match="no_such_municipality"):
        tell(store, "0180")
