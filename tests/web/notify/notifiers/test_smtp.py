"""Mail by a real SMTP server: what a message is made of, and every way in which a server can say no or nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import sleep

import pytest

from tests.web.notify.facts import (
    FIRST,
    IDEA,
    MONDAY,
    a_matched_idea,
    actor,
    classified,
    contact,
    directory,
    matched,
    received,
)
from tests.web.notify.house import House, house
from tests.web.notify.notifiers.post_office import PostOffice


@pytest.fixture
def post() -> PostOffice:
    return PostOffice()


@pytest.fixture
def served(post: PostOffice) -> Iterator[PostOffice]:
    with post.open():
        yield post


Open = Callable[..., AbstractContextManager[House]]


@pytest.fixture
def mailing(tmp_path: Path, post: PostOffice) -> Open:
    def opened(**more: str) -> AbstractContextManager[House]:
        server = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.port), "SMTP_TLS": "none", "POLICY": "auto"}
        return house(tmp_path, **{**server, **more})

    return opened


def asked(here: House) -> None:
    """One lead is due, and nothing else."""
    here.hear(*directory(), received(), classified(), matched())


def state_of(here: House, purpose: str = "lead") -> tuple[str, str, int]:
    with here.service.store.database.reading() as connection:
        query = "SELECT state, reason, attempts FROM deliveries WHERE purpose = ? ORDER BY created_at DESC"
        row = connection.exec_driver_sql(query, (purpose,)).first()
    assert row
    return tuple(row)  # type: ignore[return-value]


def test_a_lead_is_a_mail_that_anybody_can_read_and_stop(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        here.hear(*directory(), *a_matched_idea())
        here.deliver()
        mail = next(m for m in served.messages if m["To"].addresses[0].addr_spec == "hej@byaklubben.example")
    assert mail["From"].addresses[0].addr_spec == here.env.region.sender.address
    assert mail["To"].addresses[0].display_name == "Byaklubben"
    assert mail["Subject"] == "Kan ni hjälpa någon i Söderhamn? Svara senast måndag 16 november"
    assert parsedate_to_datetime(mail["Date"]) == MONDAY
    assert mail["Message-ID"].startswith("<lead-")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "sv"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http") and mail["List-Unsubscribe"].endswith("/paus>")
    assert mail["In-Reply-To"] is None, "it begins the thread"
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain and html
    for part in (plain.get_content(), html.get_content()):
        for words in ("Ett språkkafé på biblioteket.", "Varje torsdag kväll", "?svar=ja", "Söderhamn", "/paus"):
            assert words in part, words
        assert "Eva" not in part
    assert all(len(line) < 78 for line in plain.get_content().splitlines() if "http" not in line)
    assert "<script" not in html.get_content() and "http-equiv" not in html.get_content()


def test_what_follows_stands_in_the_same_thread(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        here.hear(*directory(), *a_matched_idea())
        here.deliver()
        lead = next(m for m in served.messages if "Kan ni" in m["Subject"])
        link = lead["List-Unsubscribe"].split("/svar/")[1].split("/paus")[0]
        here.visitor().post(f"/svar/{link}/ja", name="Karin")
        here.deliver()
    by_subject = {m["Subject"]: m for m in served.messages}
    yes, told = by_subject["Tack för ert ja. Här är kontaktuppgifterna"], by_subject["Byaklubben sa ja till din idé"]
    assert yes["In-Reply-To"] == yes["References"] == lead["Message-ID"]
    assert told["In-Reply-To"] == by_subject["Din idé är framme"]["Message-ID"]
    assert told["List-Unsubscribe"] is None, "a holder takes the idea back on their page instead"
    assert len({m["Message-ID"] for m in served.messages}) == 4


def test_what_programs_read_stands_on_one_line_as_it_is(mailing: Open, served: PostOffice) -> None:
    """Mail programs look for these in the bytes: a folded or encoded one has no button to stop, and no thread."""
    with mailing() as here:
        here.hear(*directory(), *a_matched_idea())
        here.deliver()
        lead = next(m for m in served.messages if "Kan ni" in m["Subject"])
        stop = lead["List-Unsubscribe"].strip("<>")
        here.visitor().post(stop.split(":8000")[1].replace("/paus", "/ja"), name="Karin")
        here.deliver()
    told = [raw.split(b"\r\n\r\n")[0].decode().split("\r\n") for raw in served.raw]
    first, thanks = (
        next(lines for lines in told if f"Subject: {words}" in "\n".join(lines)) for words in ("Kan", "Tack")
    )
    assert f"List-Unsubscribe: <{stop}>" in first
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in first
    assert f"Message-ID: {lead['Message-ID']}" in first
    assert f"In-Reply-To: {lead['Message-ID']}" in thanks
    assert f"References: {lead['Message-ID']}" in thanks


def test_each_reads_in_their_own_language_and_any_name_can_be_written(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        here.hear(*directory(), received(), contact(language="en", name='Åsa "O\'Hara", Öst'))
        here.deliver()
    [mail] = served.messages
    assert (mail["Content-Language"], mail["Subject"]) == ("en", "Your idea has arrived")
    assert mail["To"].addresses[0].display_name == 'Åsa "O\'Hara", Öst'
    html = mail.get_body(("html",))
    assert html and '<html lang="en">' in html.get_content()


def test_many_go_over_one_connection(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        here.hear(*directory())
        for number in range(10):
            here.hear(received(f"{number:032x}"), contact(f"{number:032x}"))
        assert here.deliver() == 10
    assert (len(served.messages), served.connections) == (10, 1)


def test_a_connection_that_the_server_closed_is_opened_anew_without_a_failed_try(
    mailing: Open, served: PostOffice
) -> None:
    with mailing() as here:
        asked(here)
        here.deliver()
        served.hang_up()
        sleep(0.05)
        here.hear(contact())
        here.deliver()
        assert state_of(here, "receipt") == ("sent", "", 1)
    assert served.connections == 2


def test_nobody_outside_gets_anything_from_a_trial(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        here.hear(*directory())
        operator = here.operator()
        operator.post("/att-gora/adress", actor=FIRST, address="hej@example.org")
        here.hear(received(), classified(), matched())
        here.deliver()
        assert served.messages == []
        assert state_of(here) == ("failed", "not_live", 1)
        [said] = here.said("delivery-failed")
        assert said.model_dump(include={"purpose", "reason"}) == {"purpose": "lead", "reason": "not_live"}
        page = operator.get("/att-gora?visa=failed").text
        assert "Skarpa utskick är avstängda" in page
        operator.post("/att-gora/adress", actor=FIRST, address="ny@byaklubben.example")
        operator.post("/att-gora/igen", delivery=said.model_dump()["delivery_id"])
        here.deliver()
    assert [m["To"] for m in served.messages] == ["Byaklubben <ny@byaklubben.example>"]


@pytest.mark.parametrize("sly", ["a@example.org,b@x.example", "a@evilexample", "a@x.example@example.org", "a@example"])
def test_no_clever_address_gets_past(mailing: Open, served: PostOffice, sly: str) -> None:
    with mailing() as here:
        here.hear(*directory(), received(), contact(email=sly))
        here.deliver()
        assert (served.messages, state_of(here, "receipt")[0]) == ([], "failed")


def test_live_mail_reaches_anybody(mailing: Open, served: PostOffice) -> None:
    with mailing(LIVE_MAIL="true") as here:
        here.hear(*directory()[:2], actor(contact_address="hej@byaklubben.invalid"), actor("lanken"))
        here.hear(received(), classified(), matched())
        here.deliver()
    assert [m["To"].addresses[0].addr_spec for m in served.messages] == ["hej@byaklubben.invalid"]


def test_a_passing_no_is_tried_again_and_can_be_seen(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        asked(here)
        served.recipient = "450 greylisted"
        here.deliver()
        assert state_of(here) == ("due", "smtp_450", 1)
        assert "Ett brev väntar på att komma fram" in here.operator().get("/att-gora").text
        assert here.deliver() == 0, "not at once"
        served.recipient = "250 OK"
        here.clock.forward(seconds=5)
        here.deliver()
        assert state_of(here) == ("sent", "", 2)
        assert "väntar på att komma fram" not in here.operator().get("/att-gora").text
        assert here.said("delivery-failed") == []
    assert len(served.messages) == 1


@pytest.mark.parametrize("where", ["recipient", "body"])
def test_a_lasting_no_is_told_and_waits_for_an_operator(mailing: Open, served: PostOffice, where: str) -> None:
    with mailing() as here:
        asked(here)
        setattr(served, where, "550 no such mailbox")
        here.deliver()
        assert state_of(here) == ("failed", "smtp_550", 1)
        assert [e.model_dump()["reason"] for e in here.said("delivery-failed")] == ["smtp_550"]
        operator = here.operator()
        [row] = operator.get("/api/notify/v1/queue").json()
        assert (row["kind"], row["know"]) == ("failed", "smtp_550")
        setattr(served, where, "250 OK")
        assert operator.post("/att-gora/igen", delivery=row["key"]).status_code == 200
        assert operator.post("/att-gora/igen", delivery=row["key"]).status_code == 409
        here.deliver()
        assert operator.get("/api/notify/v1/queue").json() == []
    assert [m["Message-ID"].startswith(f"<{row['key']}@") for m in served.messages] == [True]


def test_with_the_server_down_nothing_is_lost(mailing: Open, post: PostOffice) -> None:
    with mailing() as here:
        asked(here)
        here.deliver()
        assert state_of(here) == ("due", "server_silent", 1)
        here.clock.forward(hours=1)
        with post.open():
            here.deliver()
            assert state_of(here) == ("sent", "", 2)


def test_after_a_day_in_vain_a_person_must_look(mailing: Open, post: PostOffice) -> None:
    with mailing() as here:
        asked(here)
        tries = 0
        while state_of(here)[0] != "failed" and tries < 100:
            tries += here.deliver()
            here.clock.forward(minutes=30)
        assert state_of(here)[1] == "server_silent"
        assert timedelta(days=1) <= here.clock.at - MONDAY <= timedelta(days=1, hours=5), "56 tries, half an hour apart"
        assert len(here.said("delivery-failed")) == 1


def test_what_may_have_arrived_is_sent_again_with_the_same_id_and_counted(mailing: Open, served: PostOffice) -> None:
    """The server takes the message and is gone before it says so."""
    with mailing() as here:
        asked(here)
        served.kept_without_a_word = True
        here.deliver()
        assert state_of(here) == ("due", "server_silent", 1)
        served.kept_without_a_word = False
        here.clock.forward(seconds=6)
        here.deliver()
        assert state_of(here) == ("sent", "", 2)
        assert here.metric("gort_deliveries_unsure_total") == 1
        with here.service.store.reading() as work:
            assert len(work.deliveries.ids("sent", unsure=True)) == 1
    first, again = served.messages
    assert first["Message-ID"] == again["Message-ID"]


def test_an_account_that_the_server_refuses_fails_no_message(mailing: Open, served: PostOffice) -> None:
    with mailing(SMTP_USER="gort", SMTP_PASSWORD="fel") as here:
        asked(here)
        here.deliver()
        assert state_of(here)[0] == "due", "it is ours to put right"


def test_an_address_that_no_server_takes_is_given_up(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        here.hear(*directory(), received(), contact(email="åsa@holder.example"))
        here.deliver()
        assert state_of(here, "receipt") == ("failed", "refused_address", 1)


def test_a_name_cannot_add_headers(mailing: Open, served: PostOffice) -> None:
    with mailing() as here:
        here.hear(*directory(), received(), contact(name="Eva\r\nBcc: alla@holder.example"))
        here.deliver()
    [mail] = served.messages
    assert mail["Bcc"] is None
    assert datetime(2026, 11, 2, 9, tzinfo=UTC) == parsedate_to_datetime(mail["Date"])
    assert IDEA in mail["Message-ID"]
