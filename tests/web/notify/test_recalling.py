"""Notify lost its database and got an older one back: nobody is asked under another name, and no answer is lost."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.notify.domain.referral import State
from tests.web.notify.facts import FIRST, IDEA, SECOND, THIRD, a_matched_idea, directory, matched
from tests.web.notify.house import House, house
from tests.web.notify.test_answering import state


def backed_up(data: Path) -> Path:
    """A copy of the whole folder, as it is while nobody works in it; the secret of the links is there too."""
    return Path(shutil.copytree(data, data.with_name("backup")))


@contextmanager
def restored(backup: Path, lost: House) -> Iterator[House]:
    """From the backup, with all that was told since."""
    with house(backup, POLICY="auto") as here:
        with here.service.store.writing() as work:
            for event in lost.said("gort.notify"):
                here.service.recalls[type(event)](event, work)
        yield here


def sent(here: House) -> set[tuple[str, str, str]]:
    here.deliver()
    return {(m.message_id, m.to, m.subject) for m in here.mails()}


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[House]:
    """Works on after its backup was made, in which it knew the directory alone."""
    with house(tmp_path / "data", POLICY="auto") as here:
        here.hear(*directory())
    backed_up(tmp_path / "data")
    with house(tmp_path / "data", POLICY="auto") as here:
        yield here


def test_a_question_that_nobody_was_told_of_is_asked_again_under_the_same_name(tmp_path: Path, lost: House) -> None:
    lost.hear(*a_matched_idea())
    link, mails = lost.answer_link(), sent(lost)
    with house(tmp_path / "backup", POLICY="auto") as here:
        here.hear(*a_matched_idea())
        assert sent(here) == mails
        assert here.visitor().post(f"{link}/ja", name="Karin").status_code == 200
        assert state(here) is State.ACCEPTED


@pytest.mark.parametrize("heard", ["before", "after"])
def test_a_yes_holds_and_is_not_told_again_and_what_is_told_later_has_a_number_of_its_own(
    tmp_path: Path, heard: str
) -> None:
    facts = [*directory(), *a_matched_idea()]
    with house(tmp_path / "data", POLICY="auto") as here:
        here.hear(*(facts if heard == "before" else directory()))
        here.deliver()
    backup = backed_up(tmp_path / "data")
    with house(tmp_path / "data", POLICY="auto") as lost:
        lost.hear(*facts)
        first = lost.answer_link()
        lost.visitor().post(f"{first}/nej", name="Karin", why="no_capacity")
        second = lost.answer_link()
        lost.visitor().post(f"{second}/ja", name="Olle")
        mails = sent(lost)
        with restored(backup, lost) as again:
            again.hear(*facts)
            assert (state(again), state(again, SECOND)) == (State.REJECTED, State.ACCEPTED)
            assert "eva@holder.example" in again.visitor().get(second).text
            if heard == "before":
                assert again.said("accepted") == []
                doubled = sent(again)
                assert doubled <= mails, "what is sent again is the same message"
                assert {to for _, to, about in doubled if "ja" in about} == {"hej@lanken.example", "eva@holder.example"}
            told = max(event.sequence for event in lost.said("gort.notify"))
            again.visitor().post(f"{second}/angra")
            assert again.said("reopened")[0].sequence > told


def test_what_an_operator_decided_is_not_decided_anew_by_the_rules(tmp_path: Path, lost: House) -> None:
    lost.hear(*a_matched_idea(may_share=False))
    lost.operator().post("/att-gora/valj", idea=IDEA, actor=THIRD)
    open_then = {r.actor_id: r.state for r in lost.referrals(IDEA)}
    assert open_then[THIRD] is State.DRAFT
    with restored(tmp_path / "backup", lost) as again:
        again.hear(*a_matched_idea(may_share=False), matched((FIRST, 0.9), sequence=3))
        assert {r.actor_id: r.state for r in again.referrals(IDEA)} == open_then


def test_taking_the_same_back_twice_is_no_news(tmp_path: Path, lost: House) -> None:
    lost.hear(*a_matched_idea())
    lost.visitor().post(f"{lost.answer_link()}/nej", name="Karin", why="no_capacity")
    with restored(tmp_path / "backup", lost) as again, again.service.store.writing() as work:
        assert not any(again.service.recalls[type(e)](e, work) for e in lost.said("gort.notify"))
