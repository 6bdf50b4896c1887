"""Repositories read once and write late: nobody who works with them ever notices."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.domain.case import Case
from services.notify.domain.contact import Contact
from services.notify.domain.referral import AsAsked, Change, Referral, State
from services.notify.domain.work import Work
from services.notify.service import HERE
from services.notify.storage.tables import METADATA
from services.notify.storage.work import SqlWork
from shared.events.entry_published import EntryPublished
from shared.events.idea_received import IdeaReceived
from shared.kernel.ids import ActorId, IdeaId, ReferralId
from shared.storage.store import Store
from shared.storage.tables import SPINE
from tests.web.notify import facts

NOW = datetime(2026, 11, 2, tzinfo=UTC)
IDEAS, NUMBERS, WORDS = ("i1", "i2"), st.integers(1, 3), st.sampled_from(["en", "två", "tre"])
KEYS = [f"actor:{name}" for name in ("a", "b")]

Step = Callable[[Work], None]


def put_case(idea: str, version: int, told: bool) -> Step:
    received = cast("IdeaReceived", facts.received(idea, code=f"G{idea.upper()}")) if told else None
    return lambda work: work.cases.put(Case(IdeaId(idea), received=received, version=version))


def put_contact(idea: str, name: str) -> Step:
    return lambda work: work.contacts.put(Contact(IdeaId(idea), name, None, None, "none", "sv"))


def put_referral(idea: str, number: int, words: str) -> Step:
    at = NOW + timedelta(minutes=number)
    referral = Referral(
        ReferralId(f"{idea}-{number}"), IdeaId(idea), ActorId(f"a{number}"), State.DRAFT, "operator", date(2026, 11, 9),
        at, at, words=words,
    )  # fmt: skip
    return lambda work: work.referrals.put(referral, Change(at, "policy", None, State.DRAFT))


def ask(idea: str) -> Step:
    return lambda work: work.referrals.keep_as_asked(AsAsked(ReferralId(f"{idea}-1"), IdeaId(idea), None, None))


def learn(name: str, sequence: int, there: bool) -> Step:
    entry = cast("EntryPublished", facts.actor(name, name=f"{name}{sequence}")).entry if there else None
    return lambda work: work.entries.learn(f"actor:{name}", sequence, entry)


IDEA = st.sampled_from(IDEAS)
STEPS = st.one_of(
    st.builds(put_case, IDEA, NUMBERS, st.booleans()),
    st.builds(put_contact, IDEA, WORDS),
    st.builds(lambda idea: lambda work: work.contacts.erase(IdeaId(idea)), IDEA),
    st.builds(put_referral, IDEA, NUMBERS, WORDS),
    st.builds(lambda idea: lambda work: work.referrals.erase_words(IdeaId(idea)), IDEA),
    st.builds(ask, IDEA),
    st.builds(learn, st.sampled_from(["a", "b"]), NUMBERS, st.booleans()),
)


def seen(work: Work) -> list[object]:
    """All that can be asked."""
    ideas = [IdeaId(idea) for idea in IDEAS]
    found: list[object] = [work.entries.unheard(KEYS), dict(work.entries.by_key(KEYS)), dict(work.cases.many(ideas))]
    for idea in ideas:
        found += [work.cases.get(idea), work.cases.by_code(f"G{idea.upper()}")]
        found += [work.contacts.get(idea), work.referrals.of(idea)]
        found += [work.referrals.get(ReferralId(f"{idea}-{number}")) for number in (1, 2, 3)]
        found += [work.referrals.as_asked(ReferralId(f"{idea}-1"))]
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(STEPS, max_size=12), st.booleans())
def test_many_steps_in_one_unit_of_work_are_as_each_in_its_own(steps: list[Step], looks: bool) -> None:
    with TemporaryDirectory() as folder:
        apart, together = opened(Path(folder) / "apart.db"), opened(Path(folder) / "together.db")
        each: list[list[object]] = []
        for step in steps:
            with apart.writing() as work:
                step(work)
            with apart.reading() as work:
                each.append(seen(work))
        with together.writing() as work:
            for step, then in zip(steps, each, strict=True):
                step(work)
                assert not looks or seen(work) == then
        with apart.reading() as one, together.reading() as other:
            assert seen(one) == seen(other)
        apart.database.close()
        together.database.close()


def test_what_is_kept_back_goes_with_what_fails_and_no_view_takes_it(tmp_path: Path) -> None:
    store = opened(tmp_path / "notify.db")
    with pytest.raises(ZeroDivisionError), store.writing() as work:
        put_case("i1", 1, True)(work)
        raise ZeroDivisionError
    with store.reading() as work:
        assert work.cases.get(IdeaId("i1")) is None
        with pytest.raises(RuntimeError):
            put_case("i1", 1, True)(work)


def opened(file: Path) -> Store[Work]:
    store = Store[Work](f"sqlite:///{file}", SqlWork, HERE / "storage" / "migrations")
    with store.database.writer.begin() as connection:
        SPINE.create_all(connection)
        METADATA.create_all(connection)
    return store
