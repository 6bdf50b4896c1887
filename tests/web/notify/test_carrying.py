"""What carries messages: any notifier, by the kind of address; one that is slow, silent or broken holds up nobody long."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.notify.domain.notifier import SILENT, How, Message, Notifier, Outcome, Send
from services.notify.jobs import deliver_due
from shared.runtime.plugs import find
from tests.web.notify.facts import classified, contact, directory, matched, received
from tests.web.notify.house import house
from tests.web.notify.test_delivering import states


def plugged(monkeypatch: pytest.MonkeyPatch, send: Send, name: str = "pigeon", reaches: str = "mail") -> None:
    """A notifier beside those in the folder."""
    own = SimpleNamespace(notifier=Notifier(name, leaves=False, reaches=reaches), make=lambda *_: send)
    monkeypatch.setattr("services.notify.service.find", lambda package: (*find(package), own))


def test_a_notifier_that_raises_or_never_answers_is_that_messages_trouble_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [True, False]

    async def pigeon(_: Message) -> Outcome:
        if answers.pop():
            raise RuntimeError("shot")
        await asyncio.sleep(0 if not answers else 5)
        return Outcome(How.SENT)

    monkeypatch.setattr(deliver_due, "TIMEOUT", 0.05)
    plugged(monkeypatch, pigeon)
    with house(tmp_path, NOTIFIER="pigeon") as here:
        here.hear(*directory(), received(), contact())
        answers[:] = [False, False]  # the first never answers
        here.deliver()
        assert states(here) == [("receipt", "due", 1)]
        answers[:] = [True]  # the second raises
        here.clock.forward(seconds=6)
        here.deliver()
        assert states(here) == [("receipt", "due", 2)]
        answers[:] = [False]
        here.clock.forward(seconds=11)
        here.deliver()
        assert states(here) == [("receipt", "sent", 3)]
        assert here.metric("gort_deliveries_unsure_total") == 2, "it may have been taken the first time"


def test_a_turn_is_short_however_slow_the_server_so_that_a_process_can_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(_: Message) -> Outcome:
        here.clock.forward(seconds=9)
        return Outcome(How.SENT)

    plugged(monkeypatch, slow)
    with house(tmp_path, NOTIFIER="pigeon") as here:
        for number in range(5):
            here.hear(received(f"{number:032x}"), contact(f"{number:032x}"))
        job = next(job for job in here.service.jobs if job.name == "deliver-due")
        assert here.loop.run(job.run()) == 1
        assert here.deliver() == 4


def test_a_silent_server_is_let_be_and_not_tried_with_every_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, silent = list[str](), [True]

    async def server(message: Message) -> Outcome:
        tries.append(message.message_id)
        return Outcome(How.LATER, SILENT) if silent else Outcome(How.SENT)

    plugged(monkeypatch, server)
    with house(tmp_path, NOTIFIER="pigeon") as here:
        for number in range(5):
            here.hear(received(f"{number:032x}"), contact(f"{number:032x}"))
        here.deliver()
        assert len(tries) == 1
        here.clock.forward(seconds=6)
        here.deliver()
        assert len(tries) == 2
        here.clock.forward(seconds=6)
        here.deliver()
        assert len(tries) == 2, "it is let be longer each time"
        silent.clear()
        here.clock.forward(seconds=60)
        here.deliver()
        assert {state for _, state, _ in states(here)} == {"sent"}


def test_news_goes_by_the_kind_of_address_that_the_holder_gave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texted = list[Message]()

    async def text(message: Message) -> Outcome:
        texted.append(message)
        return Outcome(How.SENT)

    plugged(monkeypatch, text, "pigeon", "phone")
    with house(tmp_path, POLICY="auto") as here:
        here.hear(*directory(), received(), contact(reach="call", email=None), classified(), matched())
        here.visitor().post(f"{here.answer_link()}/ja", name="Karin")
        here.deliver()
        assert here.operator().get("/api/notify/v1/queue").json() == [], "nobody needs to ring"
    assert [(m.to, m.subject) for m in texted] == [("070-174 06 05", "Byaklubben sa ja till din idé")]
    assert "070-174 06 05" not in [m.to for m in here.mails()]
