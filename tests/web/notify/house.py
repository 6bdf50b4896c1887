"""Notify alone, whole and deterministic: events in, pages and mails out, a clock that a test moves, nothing by itself."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from deploy.app import environment
from deploy.invite import invite_link
from services.notify.service import build
from shared.events.catalogue import events
from shared.events.event import Event
from shared.kernel.ids import new_id
from shared.messaging.local import LocalTransport
from shared.messaging.record import encode
from shared.messaging.transport import Batch
from shared.runtime.compose import compose
from shared.runtime.environment import Environment
from shared.runtime.platform import Platform
from shared.runtime.service import Service
from shared.storage import outbox
from shared.storage.outbox import Said, stamp
from tests.running import variables
from tests.web.notify.facts import MONDAY


@dataclass
class MovableClock:
    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def forward(self, **how_much: float) -> None:
        self.at += timedelta(**how_much)


@dataclass
class Visitor:
    """A browser: keeps cookies, follows redirects."""

    app: FastAPI
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, **form: str) -> httpx.Response:
        return self.ask("POST", path, data=form)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8000", follow_redirects=True, cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, **more)
                self.cookies = client.cookies
                return answer

        return asyncio.run(once())


@dataclass
class House:
    """One running notify."""

    service: Service
    platform: Platform
    app: FastAPI
    env: Environment
    clock: MovableClock
    loop: asyncio.Runner = field(default_factory=asyncio.Runner)  # one for all deliveries: connections are kept in it

    def hear(self, *told: Event) -> None:
        """Hear events, one batch each, as a transport would hand them over."""
        for event in told:
            said = Said(
                1,
                new_id(),
                event.stream,
                event.key,
                event.type,
                event.sequence,
                stamp(event.at),
                f"00-{'a' * 32}-{'b' * 16}-01",
                event.body(),
            )
            self.platform.dispatches["notify"].handle(Batch([encode(said, "elsewhere")]))

    def said(self, name: str = "") -> list[Event]:
        """What notify has said, oldest first; only events whose wire type has `name` in it. Erased ones are left out."""
        kinds, found = events(), list[Event]()
        with self.service.store.database.reading() as connection:
            for stream in ("notify.referrals", "platform.parked"):
                for row in outbox.after(connection, stream, 0, 1000):
                    if name in row.type and row.body is not None:
                        at = datetime.fromisoformat(row.at)
                        found.append(kinds[row.type].read(row.body, key=row.key, sequence=row.sequence, at=at))
        return found

    def types(self) -> list[str]:
        """The wire types of all that was said, short."""
        return [event.type.removeprefix("gort.notify.").removesuffix(".v1") for event in self.said("gort.notify")]

    def deliver(self) -> int:
        """Send everything that is due now; how many were taken up."""
        job = next(job for job in self.service.jobs if job.name == "deliver-due")

        async def all_of_it() -> int:
            count = 0
            while did := await job.run():
                count += did
            return count

        return self.loop.run(all_of_it())

    def metric(self, name: str, **labels: str) -> float:
        """How far notify's counter has come."""
        value = self.env.meters.registry.get_sample_value(name, {"service": "notify", **labels})
        return value or 0.0

    def mails(self, about: str = "") -> list[Any]:
        """Mails in the mailbox, oldest first, whose subject has some words."""
        with self.service.store.reading() as work:
            return [m for m in reversed(work.desk.mails(1000)) if about in m.subject]

    def visitor(self) -> Visitor:
        return Visitor(self.app)

    def operator(self) -> Visitor:
        visitor = self.visitor()
        assert visitor.post(invite_link(self.service.store, self.env, "Karin Operatör")).status_code == 200
        return visitor

    def answer_link(self, about: str = "Kan ni hjälpa") -> str:
        """Where the newest lead's partner answers."""
        self.deliver()
        found = re.search(r"http\S+(/svar/[^?\s]+)\?svar=ja", self.mails(about)[-1].text)
        assert found
        return found.group(1)

    def referrals(self, idea: str) -> list[Any]:
        with self.service.store.reading() as work:
            return work.referrals.of(idea)


@contextmanager
def house(data: Path, **settings: str) -> Iterator[House]:
    """Notify over a folder; `settings` are variables without GORT_NOTIFY_. Nothing runs but what a test asks for."""
    wanted = {f"GORT_NOTIFY_{name}": value for name, value in settings.items()}
    clock = MovableClock()
    with variables({"GORT_DATA": str(data), "GORT_LOG_LEVEL": "error", **wanted}):
        env = environment(["notify"], clock)
        service = build(env)
    platform = Platform([service], env, LocalTransport())
    service.store.migrate()
    here = House(service, platform, compose(platform, [service.face]), env, clock)
    try:
        yield here
    finally:
        here.loop.close()
        service.store.database.close()
