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
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.events.idea_received import IdeaReceived
from shared.kernel.ids import ActorId, IdeaId, ReferralId
from shared.storage.store import Store
from shared.storage.tables import SPINE
from shared.storage.unit_of_work import unit_of_work
from tests.web.notify import facts

NOW = datetime(2026, 11, 2, tzinfo=UTC)
IDEA, NUMBERS, WORDS = IdeaId("i1"), st.integers(1, 3), st.sampled_from(["en", "två", "tre"])
KEY = "actor:a"

Step = Callable[[Work], None]


def put_case(version: int, told: bool) -> Step:
    received = cast("IdeaReceived", facts.received(IDEA, code="G7K4M2P"))
    classified = cast("IdeaClassified", facts.classified(IDEA))
    matched = cast("IdeaMatched", facts.matched(idea=IDEA))
    whole = Case(IDEA, received, classified, matched, version=version, planned=version == 1)
    return lambda work: work.cases.put(whole if told else Case(IDEA, version=version))


def put_contact(name: str) -> Step:
    return lambda work: work.contacts.put(Contact(IDEA, name, None, None, "none", "sv"))


def put_referral(number: int, words: str) -> Step:
    at = NOW + timedelta(minutes=number // 2)  # the second and the third in one moment: the first told is first
    referral = Referral(
        ReferralId(f"{number}"), IDEA, ActorId(f"a{number}"), State.DRAFT, "operator", date(2026, 11, 9),
        at, at, words=words,
    )  # fmt: skip
    return lambda work: work.referrals.put(referral, Change(at, "policy", None, State.DRAFT))


def ask() -> Step:
    return lambda work: work.referrals.keep_as_asked(AsAsked(ReferralId("1"), IDEA, None, None))


def learn(sequence: int, there: bool) -> Step:
    entry = cast("EntryPublished", facts.actor("a", name=f"a{sequence}")).entry if there else None
    return lambda work: work.entries.learn(KEY, sequence, entry)


STEPS = st.one_of(
    st.builds(put_case, NUMBERS, st.booleans()),
    st.builds(put_contact, WORDS),
    st.just(lambda work: work.contacts.erase(IDEA)),
    st.builds(put_referral, NUMBERS, WORDS),
    st.just(lambda work: work.referrals.erase_words(IDEA)),
    st.builds(ask),
    st.builds(learn, NUMBERS, st.booleans()),
)
QUESTIONS: dict[str, Callable[[Work], object]] = {
    "case": lambda work: work.cases.get(IDEA),
    "cases": lambda work: dict(work.cases.many([IDEA])),
    "by code": lambda work: work.cases.by_code("G7K4M2P"),
    "unplanned": lambda work: sorted(work.cases.unplanned()),
    "stuck": lambda work: sorted(case.idea_id for case in work.cases.stuck()),
    "contact": lambda work: work.contacts.get(IDEA),
    "referrals": lambda work: work.referrals.of(IDEA),
    "a referral": lambda work: work.referrals.get(ReferralId("1")),
    "drafts": lambda work: sorted(draft.referral_id for draft in work.referrals.drafts_for(ActorId("a1"))),
    "as asked": lambda work: work.referrals.as_asked(ReferralId("1")),
    "history": lambda work: work.referrals.history(IDEA),
    "unheard": lambda work: work.entries.unheard([KEY]),
    "entries": lambda work: dict(work.entries.by_key([KEY])),
    "kind": lambda work: work.entries.of_kind("actor"),
}
ASKED = st.lists(st.sampled_from(list(QUESTIONS)), max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(STEPS, ASKED, st.booleans()), max_size=10))
def test_many_steps_in_one_unit_of_work_are_as_each_in_its_own(
    steps: list[tuple[Step, list[str], bool]],
) -> None:
    with TemporaryDirectory() as folder:
        apart, together = opened(Path(folder) / "apart.db"), opened(Path(folder) / "together.db")
        answers: list[object] = []
        for step, asked, _ in steps:
            with apart.writing() as work:
                step(work)
            with apart.reading() as work:
                answers += [QUESTIONS[what](work) for what in asked]
        with unit_of_work(together.database) as uow:
            work, found = cast("Work", together.make(uow)), list[object]()
            for step, asked, flushes in steps:
                step(work)
                if flushes:  # as dispatch does after each record that is tried alone
                    uow.flush()
                found += [QUESTIONS[what](work) for what in asked]
        assert found == answers
        with apart.reading() as one, together.reading() as other:
            for what, question in QUESTIONS.items():
                assert question(one) == question(other), what
        apart.database.close()
        together.database.close()


def test_what_is_kept_back_goes_with_what_fails_and_no_view_takes_it(tmp_path: Path) -> None:
    store = opened(tmp_path / "notify.db")
    with pytest.raises(ZeroDivisionError), store.writing() as work:
        put_case(1, True)(work)
        raise ZeroDivisionError
    with store.reading() as work:
        assert work.cases.get(IDEA) is None
        with pytest.raises(RuntimeError):
            put_case(1, True)(work)


def opened(file: Path) -> Store[Work]:
    store = Store[Work](f"sqlite:///{file}", SqlWork, HERE / "storage" / "migrations")
    with store.database.writer.begin() as connection:
        SPINE.create_all(connection)
        METADATA.create_all(connection)
    return store
