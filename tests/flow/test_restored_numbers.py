"""One service lost its database and got an older one back: what it says next has a number that nobody has heard yet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.directory.commands.take_over import take_over
from services.directory.domain.pack_entry import PackEntry
from services.directory.sources import pack
from services.intake.channels.api import told
from services.intake.commands.locate_idea import locate_idea
from services.intake.commands.resend_link import resend_link
from services.intake.commands.share_idea import share_idea
from services.intake.commands.submit_idea import SubmitIdea, submit_idea
from services.intake.commands.withdraw_idea import withdraw_idea
from services.matching.commands.assess_idea import assess_idea
from services.matching.domain.assessor import Opinion
from shared.events.idea_received import IdeaReceived
from shared.kernel.ids import IdeaId, MunicipalityCode
from shared.kernel.keys import fingerprint
from tests.flow.town import Town, town

LITTLE = pack.read(Path("tests/packs/liten"))
HOLDER = "eva@holder.example"
IDEA = {"text": "Ett språkkafé", "email": HOLDER, "reach": "mail"}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        read(made, LITTLE)
        yield made


def read(here: Town, entries: tuple[PackEntry, ...]) -> None:
    """Read the pack, and let everybody hear of it."""
    with here.platform.services["directory"].store.writing() as work:
        take_over(entries, work, here.platform.env.clock)
    here.carry()


def renamed(name: str) -> tuple[PackEntry, ...]:
    """The pack, with its first entry under another name."""
    first, *rest = LITTLE
    return (PackEntry(first.entry.model_copy(update={"name": name}), first.notes), *rest)


def known(here: Town, service: str) -> str | None:
    """What a listener calls the first entry."""
    with here.platform.services[service].store.reading() as work:
        entry = work.entries.by_key([LITTLE[0].key]).get(LITTLE[0].key)
    return entry.name if entry else None


def whole(here: Town) -> list[bool]:
    """Do matching and intake know that they have heard all of the directory?"""
    with here.platform.services["matching"].store.reading() as work:
        matching = work.entries.edition().whole
    with here.platform.services["intake"].store.reading() as work:
        return [matching, work.entries.whole()]


def listeners(here: Town) -> set[str | None]:
    return {known(here, name) for name in ("intake", "notify")}


def test_an_entry_that_changed_after_the_backup_is_told_as_the_pack_has_it_and_so_is_the_next_change(
    here: Town,
) -> None:
    here.remember("directory")
    read(here, renamed("En"))
    read(here, renamed("Två"))
    here.forget("directory")
    read(here, LITTLE)
    assert (listeners(here), whole(here)) == ({LITTLE[0].entry.name}, [True, True])
    read(here, renamed("Tre"))
    assert (listeners(here), whole(here)) == ({"Tre"}, [True, True])


def test_an_entry_that_came_after_the_backup_is_withdrawn_if_the_pack_has_it_no_more(tmp_path: Path) -> None:
    with town(tmp_path) as here:
        read(here, LITTLE[1:])
        here.remember("directory")
        read(here, LITTLE)
        here.forget("directory")
        read(here, LITTLE[1:])
        assert (listeners(here), whole(here)) == ({None}, [True, True])


def test_an_entry_that_was_withdrawn_after_the_backup_comes_back_with_the_pack(here: Town) -> None:
    here.remember("directory")
    read(here, LITTLE[1:])
    assert listeners(here) == {None}
    here.forget("directory")
    read(here, LITTLE)
    assert (listeners(here), whole(here)) == ({LITTLE[0].entry.name}, [True, True])


def test_a_directory_made_anew_is_heard(tmp_path: Path) -> None:
    with town(tmp_path) as here:
        here.remember("directory")
        read(here, renamed("En"))
        read(here, LITTLE)
        here.forget("directory")
        read(here, renamed("Ny"))
        assert (listeners(here), whole(here)) == ({"Ny"}, [True, True])


def tell(here: Town) -> tuple[IdeaId, str]:
    """Tell an idea; its id and code."""
    env = here.platform.env
    with here.platform.services["intake"].store.writing() as work:
        receipt = submit_idea(SubmitIdea(*told(IDEA), "key"), work, env.keys, env.clock)
    here.carry()
    return receipt.idea_id, receipt.code


def ask_link(here: Town, code: str) -> None:
    with here.platform.services["intake"].store.writing() as work:
        assert resend_link(code, HOLDER, work, here.platform.env.clock)
    here.carry()


def links(here: Town, idea_id: IdeaId) -> int:
    """How many mails with the link there are, sent or due."""
    with here.platform.services["notify"].store.reading() as work:
        return sum(delivery.purpose == "link" for delivery in work.deliveries.of(idea_id))


def test_a_link_that_is_asked_for_again_after_a_restore_is_mailed_again(here: Town) -> None:
    idea_id, code = tell(here)
    here.remember("intake")
    ask_link(here, code)
    assert links(here, idea_id) == 1
    assert here.forget("intake") == {"gort.intake.link-requested.v1": 1}
    ask_link(here, code)
    assert links(here, idea_id) == 2


def test_the_place_and_the_leave_that_a_holder_gave_after_the_backup_hold(here: Town) -> None:
    idea_id, _ = tell(here)
    here.remember("intake")
    with here.platform.services["intake"].store.writing() as work:
        locate_idea(idea_id, MunicipalityCode("9901"), work, here.platform.env.clock)
        share_idea(idea_id, work, here.platform.env.clock)
    here.carry()
    here.forget("intake")
    with here.platform.services["intake"].store.reading() as work:
        idea = work.ideas.get(idea_id)
    assert idea and idea.told
    assert (idea.confirmed, idea.told.may_share, idea.version) == ("9901", True, 3)


def test_an_idea_that_was_told_after_the_backup_is_its_holders_again_under_the_same_link(here: Town) -> None:
    here.remember("intake")
    idea_id, code = tell(here)
    ask_link(here, code)
    secret = fingerprint(here.platform.env.keys.holder_secret(idea_id))
    with here.platform.services["intake"].store.reading() as work:
        before = work.ideas.by_secret(secret)
    assert here.forget("intake").total() == 3
    with here.platform.services["intake"].store.reading() as work:
        assert before and before == work.ideas.by_secret(secret) == work.ideas.by_code(code)
    ask_link(here, code)
    assert links(here, idea_id) == 2


def test_an_idea_that_was_told_and_withdrawn_after_the_backup_is_nowhere(here: Town) -> None:
    here.remember("intake")
    idea_id, _ = tell(here)
    with here.platform.services["intake"].store.writing() as work:
        withdraw_idea(idea_id, work, here.platform.env.clock)
    here.carry()
    here.forget("intake")
    with here.platform.services["intake"].store.reading() as work:
        idea = work.ideas.get(idea_id)
    assert idea and (idea.told, idea.holder.said_anything) == (None, False)


def test_of_an_idea_that_kafka_does_not_have_any_more_nothing_is_made_up(here: Town) -> None:
    here.remember("intake")
    idea_id, code = tell(here)
    ask_link(here, code)
    here.kafka[:] = [
        record for record in here.kafka if dict(record.headers).get("ce_type") != IdeaReceived.type.encode()
    ]
    assert not here.forget("intake")
    with here.platform.services["intake"].store.reading() as work:
        assert work.ideas.get(idea_id) is None


def assess(here: Town, idea_id: IdeaId, model: str) -> None:
    """Let matching think of an idea that waits, under a name to know the opinion by."""
    opinion = Opinion((), "unsure", (), False, model, (), ())
    with here.platform.services["matching"].store.writing() as work:
        assert assess_idea(work.ideas.get(idea_id), opinion, work, here.platform.env.clock)
    here.carry()


def move(here: Town, idea_id: IdeaId, municipality: str) -> None:
    with here.platform.services["intake"].store.writing() as work:
        locate_idea(idea_id, MunicipalityCode(municipality), work, here.platform.env.clock)
    here.carry()


def thought(here: Town, idea_id: IdeaId) -> list[str]:
    """The models of the opinions that intake and notify go by."""
    with here.platform.services["intake"].store.reading() as work:
        followed = work.follow.of(idea_id).classified
    with here.platform.services["notify"].store.reading() as work:
        case = work.cases.get(idea_id)
    assert followed and case and case.classified
    return [followed.model, case.classified.model]


def two_opinions(here: Town, idea_id: IdeaId) -> None:
    assess(here, idea_id, "first")
    move(here, idea_id, "9901")
    assess(here, idea_id, "second")
    assert thought(here, idea_id) == ["second", "second"]


Backup = Callable[[Town], IdeaId]


def before_it_was_told(here: Town) -> IdeaId:
    here.remember("matching")
    return tell(here)[0]


def before_it_was_assessed(here: Town) -> IdeaId:
    idea_id, _ = tell(here)
    here.remember("matching")
    return idea_id


@pytest.mark.parametrize("backup", [before_it_was_told, before_it_was_assessed])
def test_what_matching_thinks_of_an_idea_after_a_restore_is_heard(here: Town, backup: Backup) -> None:
    idea_id = backup(here)
    two_opinions(here, idea_id)
    assert here.forget("matching").total() == 4
    here.hear(
        "matching", records=here.kafka
    )  # as groups that were rewound do; it is assessed once for all that it heard
    assess(here, idea_id, "after the restore")
    assert thought(here, idea_id) == ["after the restore"] * 2


def test_matching_knows_what_it_told_of_an_idea_that_the_backup_has(here: Town) -> None:
    idea_id, _ = tell(here)
    here.remember("matching")
    two_opinions(here, idea_id)
    here.forget("matching")
    with here.platform.services["matching"].store.reading() as work:
        idea = work.ideas.get(idea_id)
    assert idea and idea.classified and idea.matched
    assert (idea.classified.model, idea.matched.sequence, idea.version) == ("second", 4, 4)
