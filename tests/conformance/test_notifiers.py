"""Each notifier carries a message as it was written, and says truly how it went: sent, later or never."""

import asyncio
import email.policy
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aiosmtpd.controller import Controller

import services.notify
from deploy.app import settings_of
from services.notify import notifiers
from services.notify.domain.notifier import MAIL, PHONE, How, Message, Outcome, guarded
from services.notify.domain.work import Work
from services.notify.notifiers import mailbox, smtp
from services.notify.settings import Settings
from services.notify.storage.work import SqlWork
from shared.kernel.ids import IdeaId
from shared.runtime.plugs import find
from shared.storage.store import Store
from shared.web.region import Sender
from tests.web.notify.house import house
from tests.web.notify.notifiers.post_office import PostOffice

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SENDER = Sender(name="Gör't tillsammans", address="hej@gort.example")
MESSAGE = Message(
    message_id="<lead-1-1@gort.example>",
    to="post@byn.example",
    to_name="Byalaget i Åsen",
    subject="En idé nära er: ett kafé på Åsen",
    text="Hej!\n\nNågon vill öppna ett kafé på Åsen. Så här långa rader bryts inte mitt i ett ord, hoppas vi. " * 3,
    html="<p>Någon vill öppna ett <b>kafé</b> på Åsen.</p>",
    headers={"List-Unsubscribe": "<https://gort.example/stop>", "Reply-To": "hej@gort.example"},
    idea_id=IdeaId("i"),
)


class Clock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store[Work]]:
    migrations = Path(services.notify.__file__).parent / "storage" / "migrations"
    made = Store[Work](f"sqlite:///{tmp_path / 'notify.db'}", SqlWork, migrations)
    made.migrate()
    yield made
    made.database.close()


def settings(port: int | None = None, **more: Any) -> Settings:
    if port is None:
        return Settings(**more)
    return Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none", **more)


@dataclass
class Server:
    """A mail server on loopback. `answer` says what it replies to each RCPT; None takes it."""

    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    rcpt: Callable[[str], str | None] = lambda _: None
    data: str = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if refusal := self.rcpt(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.data.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            self.got.append((list(envelope.rcpt_tos), mail))
        return self.data


def send(server: Server | None, store: Store[Work], *messages: Message, **more: Any) -> list[Outcome]:
    """What became of messages that one process sends one after the other, to a server or to none."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    carry = smtp.make(settings(port, **more), store, SENDER, Clock())
    assert carry is not None
    controller = Controller(server, hostname="127.0.0.1", port=port) if server else None

    async def run() -> list[Outcome]:
        try:
            return [await carry(message) for message in messages]
        finally:
            if controller:
                await asyncio.to_thread(controller.stop)
                await asyncio.sleep(0.05)  # the connection notices

    if controller:
        controller.start()
    return asyncio.run(run())


def test_each_notifier_has_a_name_of_its_own_that_is_its_folders() -> None:
    names = [plug.notifier.name for plug in find(notifiers)]
    assert len(set(names)) == len(names) > 0
    assert [plug.__name__.rpartition(".")[2] for plug in find(notifiers)] == names


@pytest.fixture(params=find(notifiers), ids=lambda plug: plug.notifier.name)
def plug(request: pytest.FixtureRequest) -> ModuleType:
    """Every notifier there is: a new folder is under test the moment that it exists."""
    return request.param


def test_those_that_come_with_us_need_no_settings_that_are_not_here(store: Store[Work]) -> None:
    assert all(plug.make(settings(25), store, SENDER, Clock()) for plug in (mailbox, smtp))


def test_each_reaches_a_known_kind_of_address_and_keeps_its_settings_under_its_name(plug: ModuleType) -> None:
    assert plug.notifier.reaches in (MAIL, PHONE)
    if own := plug.notifier.reads:
        assert own.model_config["env_prefix"] == f"GORT_NOTIFY_{plug.notifier.name.upper()}_"
        assert own in settings_of(["notify"]), "they are read at start, and listed"


def test_each_says_what_it_does_for_whom(plug: ModuleType) -> None:
    assert len((plug.__doc__ or "").strip().partition("\n")[0]) > 20


def test_each_takes_a_message_and_the_same_one_again(plug: ModuleType, store: Store[Work]) -> None:
    """Who cannot know whether it arrived sends it twice under one id: that is no error."""
    office = PostOffice()
    with office.open():
        carry = plug.make(settings(office.port), store, SENDER, Clock())
        if carry is None:
            pytest.skip("has settings of its own, which are not here")

        async def run() -> list[Outcome]:
            return [await carry(message) for message in (MESSAGE, MESSAGE, replace(MESSAGE, message_id="<other@a>"))]

        outcomes = asyncio.run(run())
    assert outcomes == [Outcome(How.SENT)] * 3


def test_each_that_leaves_the_house_reaches_nobody_outside_in_a_trial(
    plug: ModuleType, store: Store[Work], tmp_path: Path
) -> None:
    """The guard stands in front of the notifier, not in it: nobody who writes one has to remember."""
    office, name = PostOffice(), plug.notifier.name
    if plug.notifier.reaches != MAIL or plug.make(settings(office.port), store, SENDER, Clock()) is None:
        pytest.skip("carries no mail, or has settings of its own, which are not here")
    server = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(office.port), "SMTP_TLS": "none", "NOTIFIER": name}
    with office.open(), house(tmp_path, OPERATORS="eva@region.invalid", **server) as here:
        here.visitor().post("/logga-in", email="eva@region.invalid")
        here.deliver()
        went = {how: here.metric("gort_deliveries_total", notifier=name, outcome=how) for how in ("sent", "failed")}
    assert went == ({"sent": 0, "failed": 1} if plug.notifier.leaves else {"sent": 1, "failed": 0})
    assert office.messages == []


def test_without_a_server_nothing_leaves(store: Store[Work]) -> None:
    made = [plug for plug in find(notifiers) if plug.make(settings(), store, SENDER, Clock())]
    assert made
    assert not any(plug.notifier.leaves for plug in made)


def test_the_mailbox_keeps_what_would_have_been_sent(store: Store[Work]) -> None:
    keep = mailbox.make(settings(), store, SENDER, Clock())
    assert keep is not None
    assert asyncio.run(keep(replace(MESSAGE, to="someone@real.se"))) == Outcome(How.SENT)
    with store.reading() as work:
        (mail,) = work.desk.mails(10)
    assert (mail.message_id, mail.to, mail.subject) == (MESSAGE.message_id, "someone@real.se", MESSAGE.subject)
    assert (mail.text, mail.html, mail.at, mail.idea_id) == (MESSAGE.text, MESSAGE.html, NOW, "i")


def test_the_mailbox_keeps_a_message_that_is_tried_twice_once(store: Store[Work]) -> None:
    keep = mailbox.make(settings(), store, SENDER, Clock())
    assert keep is not None
    assert [asyncio.run(keep(MESSAGE)).how for _ in range(2)] == [How.SENT, How.SENT]
    with store.reading() as work:
        assert len(work.desk.mails(10)) == 1


def test_a_mail_arrives_with_both_parts_and_everything_on_it(store: Store[Work]) -> None:
    server = Server()
    assert send(server, store, MESSAGE) == [Outcome(How.SENT)]
    ((to, mail),) = server.got
    assert to == ["post@byn.example"]
    assert mail["Message-ID"] == MESSAGE.message_id
    assert mail["Subject"] == MESSAGE.subject
    assert mail["List-Unsubscribe"] == "<https://gort.example/stop>"
    assert mail["Reply-To"] == "hej@gort.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    assert mail["From"].addresses[0].display_name == SENDER.name
    assert (mail["To"].addresses[0].display_name, mail["To"].addresses[0].addr_spec) == (MESSAGE.to_name, MESSAGE.to)
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n").strip() == MESSAGE.text.strip()
    assert html.get_content().strip() == MESSAGE.html


def test_a_second_try_has_the_same_id(store: Store[Work]) -> None:
    server = Server()
    send(server, store, MESSAGE, MESSAGE)
    assert [mail["Message-ID"] for _, mail in server.got] == [MESSAGE.message_id] * 2


@pytest.mark.parametrize(
    "to",
    [
        "someone@real.se", "someone@example.com", "someone@real.example.se", "x@byn.example, someone@real.se",
        "someone@real.se, x@byn.example", "<someone@real.se>x@byn.example", "example", "", "someone@real.se\n.example",
    ],
)  # fmt: skip
def test_nobody_real_is_mailed_until_mail_is_live(to: str) -> None:
    carried = list[Message]()

    async def carry(message: Message) -> Outcome:
        carried.append(message)
        return Outcome(How.SENT)

    assert asyncio.run(guarded(carry)(replace(MESSAGE, to=to))) == Outcome(How.FAILED, "not_live")
    assert carried == []
    assert asyncio.run(guarded(carry)(MESSAGE)) == Outcome(How.SENT)


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("450 mailbox busy", Outcome(How.LATER, "smtp_450")),
        ("421 closing", Outcome(How.LATER, "smtp_421")),
        ("550 no such user", Outcome(How.FAILED, "smtp_550")),
        ("553 not allowed", Outcome(How.FAILED, "smtp_553")),
    ],
)
def test_what_the_server_says_of_an_address_is_later_or_never(store: Store[Work], reply: str, outcome: Outcome) -> None:
    assert send(Server(rcpt=lambda _: reply), store, MESSAGE) == [outcome]


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("451 try later", Outcome(How.LATER, "smtp_451")), ("554 spam", Outcome(How.FAILED, "smtp_554"))],
)
def test_what_the_server_says_of_a_message_is_later_or_never(store: Store[Work], reply: str, outcome: Outcome) -> None:
    assert send(Server(data=reply), store, MESSAGE) == [outcome]


def test_a_refused_address_does_not_stop_the_next(store: Store[Work]) -> None:
    server = Server(rcpt=lambda to: "550 no such user" if to.startswith("nobody") else None)
    nobody = replace(MESSAGE, to="nobody@byn.example")
    assert [o.how for o in send(server, store, nobody, MESSAGE)] == [How.FAILED, How.SENT]


def test_a_server_that_is_down_is_tried_later(store: Store[Work]) -> None:
    assert send(None, store, MESSAGE) == [Outcome(How.LATER, "server_silent")]


@pytest.mark.parametrize(
    "unfit",
    [{"to": "åsa@byn.example"}, {"subject": "a\nb"}, {"text": "\ud800"}],
    ids=["address", "subject", "text"],
)
def test_a_message_that_cannot_be_written_is_never_tried_again(store: Store[Work], unfit: dict[str, str]) -> None:
    server = Server()
    assert [o.how for o in send(server, store, replace(MESSAGE, **unfit), MESSAGE)] == [How.FAILED, How.SENT]
    assert len(server.got) == 1


def test_a_name_cannot_add_a_header(store: Store[Work]) -> None:
    server = Server()
    send(server, store, replace(MESSAGE, to_name="Åsa\r\nBcc: alla@byn.example"))
    for to, mail in server.got:
        assert mail["Bcc"] is None
        assert to == [MESSAGE.to]


def test_a_reason_names_nobody(store: Store[Work]) -> None:
    (outcome,) = send(Server(rcpt=lambda to: f"550 <{to}> is unknown here"), store, MESSAGE)
    assert "byn" not in outcome.reason
