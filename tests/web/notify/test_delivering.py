"""Messages: written when they are sent, claimed before and recorded after, held while paused, and kept nowhere."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from services.notify.commands.record_outcome import record_outcome
from services.notify.domain.delivery import LEASE, RECORDED, TIMEOUT, WRITTEN
from services.notify.jobs import deliver_due
from services.notify.storage.desk import SqlDesk
from shared.events.contact_erased import ContactErased
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.events.link_requested import LinkRequested
from shared.storage import parked
from tests.web.notify.facts import IDEA, MONDAY, a_matched_idea, contact, directory, received
from tests.web.notify.house import House, house


def link_requested(sequence: int = 2) -> LinkRequested:
    return LinkRequested(idea_id=IDEA, sequence=sequence, at=MONDAY)  # type: ignore[arg-type]


def states(here: House) -> list[tuple[str, str, int]]:
    with here.service.store.database.reading() as connection:
        query = "SELECT purpose, state, attempts FROM deliveries ORDER BY purpose"
        return [tuple(row) for row in connection.exec_driver_sql(query)]  # type: ignore[misc]


def test_a_due_message_says_neither_what_nor_to_which_address(auto: House) -> None:
    auto.hear(*a_matched_idea())
    with auto.service.store.database.reading() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM deliveries").all())
    assert rows
    assert not [w for w in ("eva@", "hej@", "språkkafé", "070-174") if w in rows]


def test_a_kill_between_the_yes_and_the_record_sends_the_same_message_again_and_counts_it(
    auto: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    auto.hear(received(), contact())

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(deliver_due, "record_outcome", killed)
        auto.deliver()
    assert states(auto) == [("receipt", "sending", 1)]
    assert auto.deliver() == 0, "somebody may still be at it"
    auto.clock.at += LEASE + timedelta(seconds=1)
    auto.deliver()
    assert states(auto) == [("receipt", "sent", 2)]
    assert auto.metric("gort_deliveries_unsure_total") == 1
    assert len(auto.mails()) == 1, "it is the same message"


def test_a_message_whose_writing_hangs_is_let_go_within_its_claim(auto: House, monkeypatch: pytest.MonkeyPatch) -> None:
    auto.hear(received(), contact())
    free, letter = threading.Event(), deliver_due.letter

    def hangs(delivery, work, tools):
        free.wait()
        return letter(delivery, work, tools)

    with monkeypatch.context() as patch:
        patch.setattr(deliver_due, "letter", hangs)
        patch.setattr(deliver_due, "WRITTEN", 0.01)
        freeing = threading.Timer(5, free.set)  # or it would wait for ever
        freeing.start()
        auto.deliver()
        assert not free.is_set()
        freeing.cancel()
        free.set()
    assert states(auto) == [("receipt", "due", 1)]
    auto.clock.forward(seconds=6)
    auto.deliver()
    assert states(auto) == [("receipt", "sent", 2)]
    assert auto.metric("gort_deliveries_unsure_total") == 0, "it was not handed over"


def test_a_claim_outlasts_the_slowest_living_process(auto: House, monkeypatch: pytest.MonkeyPatch) -> None:
    auto.hear(received(), contact())
    record, seen = deliver_due.record_outcome, list[object]()

    def slow(*told):
        with auto.service.store.reading() as twin:
            seen.append(twin.deliveries.next(auto.clock.now() + timedelta(seconds=WRITTEN + TIMEOUT + RECORDED)))
        record(*told)

    monkeypatch.setattr(deliver_due, "record_outcome", slow)
    auto.deliver()
    assert seen == [None], "a twin does not take it up"


def test_one_that_cannot_be_written_does_not_hold_up_the_others(auto: House, monkeypatch: pytest.MonkeyPatch) -> None:
    auto.hear(*a_matched_idea())
    letter = deliver_due.letter

    def broken(delivery, work, tools):
        if delivery.purpose == "receipt":
            raise KeyError("a template's trouble")
        return letter(delivery, work, tools)

    with monkeypatch.context() as patch:
        patch.setattr(deliver_due, "letter", broken)
        auto.deliver()
    assert states(auto) == [("lead", "sent", 1), ("receipt", "due", 1)]
    assert "Brevet gick inte att skriva" in auto.operator().get("/att-gora").text
    auto.clock.forward(seconds=6)
    auto.deliver()
    assert states(auto) == [("lead", "sent", 1), ("receipt", "sent", 2)]


def test_what_is_paused_waits_over_a_restart_and_still_lets_operators_in(tmp_path: Path) -> None:
    with house(tmp_path, POLICY="auto") as here:
        here.operator().post("/att-gora/paus", paused="yes")
    with house(tmp_path, POLICY="auto", OPERATORS="karin@region.example") as here:
        here.hear(*directory(), *a_matched_idea())
        here.visitor().post("/logga-in", email="karin@region.example")
        assert here.deliver() == 1
        assert [m.subject for m in here.mails()] == ["Logga in"]
        operator = here.operator()
        page = operator.get("/att-gora").text
        assert "Alla utskick är pausade" in page and " av någon vid maskinen." in page
        operator.post("/att-gora/paus")
        assert here.deliver() == 2


def test_a_lost_link_is_sent_again_each_time_it_is_asked_for(auto: House) -> None:
    auto.hear(received(), contact(), link_requested(2), link_requested(2), link_requested(3))
    auto.deliver()
    assert [m.subject for m in auto.mails()] == ["Din idé är framme", "Länken till din sida", "Länken till din sida"]
    secret = auto.env.keys.holder_secret(IDEA)
    assert all(f"/min/{secret}" in m.text and f"/min/{secret}" in m.html for m in auto.mails())


def test_a_link_that_was_asked_for_before_we_know_who_asks_is_sent_when_we_do(auto: House) -> None:
    auto.hear(link_requested(2), received())
    assert auto.deliver() == 0
    auto.hear(contact())
    auto.deliver()
    assert sorted(m.subject for m in auto.mails()) == ["Din idé är framme", "Länken till din sida"]
    assert all(m.to == "eva@holder.example" for m in auto.mails())


def test_a_link_that_nobody_can_be_sent_any_more_is_forgotten(auto: House) -> None:
    auto.hear(received(), link_requested(2), IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY), link_requested(3))  # type: ignore[arg-type]
    auto.hear(contact())
    assert auto.deliver() == 0
    assert {state for _, state, _ in states(auto)} <= {"cancelled"}


@pytest.mark.parametrize(
    ("reach", "mails"), [("mail", ["Din idé är framme"]), ("call", []), ("none", [])], ids=["mail", "call", "none"]
)
def test_only_who_asked_for_mail_gets_any(auto: House, reach: str, mails: list[str]) -> None:
    auto.hear(received(reach=reach), contact(reach=reach), contact(reach=reach))
    auto.deliver()
    assert [m.subject for m in auto.mails()] == mails


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_after_a_withdrawal_nothing_more_goes_out_and_no_mail_is_left(auto: House, order: tuple[int, ...]) -> None:
    auto.hear(received(), contact())
    auto.deliver()
    auto.hear(*a_matched_idea(), link_requested())
    gone = [
        IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY),  # type: ignore[arg-type]
        ContactErased(idea_id=IDEA, sequence=9, at=MONDAY),  # type: ignore[arg-type]
    ]
    auto.hear(*(gone[place] for place in order))
    auto.deliver()
    assert auto.mails() == []
    assert {state for _, state, _ in states(auto)} == {"sent", "cancelled"}
    assert auto.said("delivery-failed") == [], "nobody misses them"
    auto.hear(contact())
    with auto.service.store.reading() as work:
        assert work.contacts.get(IDEA) is None  # type: ignore[arg-type]


def test_a_withdrawal_that_was_put_aside_still_withdraws_after_the_contact_was_erased(
    auto: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    auto.hear(*a_matched_idea())

    def broken(*_: object) -> None:
        raise ValueError("a bad release")

    with monkeypatch.context() as patch:
        patch.setattr(SqlDesk, "erase_mails", broken)
        auto.hear(IdeaWithdrawn(idea_id=IDEA, sequence=9, at=MONDAY))  # type: ignore[arg-type]
    auto.hear(ContactErased(idea_id=IDEA, sequence=9, at=MONDAY))  # type: ignore[arg-type]
    dispatch = auto.platform.dispatches["notify"]
    with auto.service.store.database.reading() as connection:
        [row] = parked.everything(connection)
    assert dispatch.replay(row.id) is None
    auto.deliver()
    assert (auto.mails(), auto.types()[-1]) == ([], "referral-cancelled")
    with auto.service.store.reading() as work:
        case = work.cases.get(IDEA)  # type: ignore[arg-type]
    assert case and case.withdrawn_at and case.received is None


def test_a_letter_that_was_being_written_when_the_idea_went_is_not_kept(
    auto: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    auto.hear(received(), contact())
    letter = deliver_due.letter

    def withdrawn_meanwhile(delivery, work, tools):
        written = letter(delivery, work, tools)
        with auto.service.store.writing() as other:
            case = other.cases.get(IDEA)
            other.cases.put(case.forgotten(auto.clock.now()))
        return written

    monkeypatch.setattr(deliver_due, "letter", withdrawn_meanwhile)
    auto.deliver()
    assert auto.mails() == []
    assert states(auto) == [("receipt", "cancelled", 1)]


def test_with_the_disk_full_nothing_is_lost_and_it_goes_on(auto: House, monkeypatch: pytest.MonkeyPatch) -> None:
    auto.hear(*a_matched_idea())
    link = auto.answer_link()

    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr("services.notify.storage.referrals.SqlReferrals.put", full)
        page = auto.visitor().post(f"{link}/ja", name="Karin")
        assert page.status_code == 503
        assert "Vi kan inte spara något just nu" in page.text
        assert "disk" not in page.text
    assert auto.types() == ["referral-requested"]
    assert auto.visitor().post(f"{link}/ja", name="Karin").status_code == 200
    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(deliver_due, "record_outcome", full)
        auto.deliver()
    auto.clock.at += LEASE + timedelta(seconds=1)
    auto.deliver()
    assert {state for _, state, _ in states(auto)} == {"sent"}
    assert record_outcome is deliver_due.record_outcome


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "Utan e-postserver skickas inget."),
        ({"SMTP_HOST": "127.0.0.1"}, "bara till adresser som slutar på .example"),
        ({"SMTP_HOST": "127.0.0.1", "LIVE_MAIL": "true"}, "Brev skickas på riktigt"),
    ],
    ids=["no server", "trial", "live"],
)
def test_the_mailbox_page_says_what_becomes_of_mail(tmp_path: Path, more: dict[str, str], says: str) -> None:
    with house(tmp_path, **more) as here:
        page = here.operator().get("/att-gora/brev").text
    assert says in page
    assert ("Utan e-postserver" in page) is (not more)


def test_an_address_that_gets_nothing_in_a_trial_is_said_to(tmp_path: Path) -> None:
    with house(tmp_path, SMTP_HOST="127.0.0.1") as here:
        here.hear(*directory(), *a_matched_idea())
        operator = here.operator()
        assert "skickas inte än" not in operator.get(f"/att-gora/ide/{IDEA}").text
        page = operator.post("/att-gora/adress", actor="byaklubben", address="hej@byaklubben.invalid", back=IDEA).text
        assert "Brev till hej@byaklubben.invalid skickas inte än." in page


def test_the_mailbox_shows_both_parts_and_lets_the_mail_do_nothing(auto: House) -> None:
    auto.hear(received(), contact())
    auto.deliver()
    operator = auto.operator()
    assert "Din idé är framme" in operator.get("/att-gora/brev").text
    assert "eva@holder.example" in operator.get("/att-gora/brev/1").text
    html = operator.get("/att-gora/brev/1/html")
    assert "Öppna min sida" in html.text
    policy = html.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
    for page in ("/att-gora/brev", "/att-gora/brev/1", "/att-gora/brev/1/html"):
        assert "Logga in" in auto.visitor().get(page).text, "who is not signed in sees no mail"
    assert operator.get("/att-gora/brev/99").status_code == 404
