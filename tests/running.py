"""A whole platform in this process, on a free port, over a folder of its own: what most flow and browser tests use."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from deploy.app import SERVICES, build_platform, environment, faces
from deploy.invite import invite_link
from shared.runtime.compose import compose
from shared.runtime.platform import Platform

# Tests ask more often than people do; the limits have a test of their own.
PATIENT = {"INTAKE_CODE_RATE": "9999/minute", "INTAKE_SECRET_RATE": "9999/minute", "INTAKE_TELL_RATE": "9999/minute"}
PATIENT |= {"NOTIFY_ANSWER_RATE": "9999/minute", "NOTIFY_SIGNIN_RATE": "9999/minute"}


@dataclass(frozen=True)
class Running:
    """A platform that answers at `address`."""

    platform: Platform
    app: FastAPI
    address: str
    visitors: ExitStack

    def client(self) -> httpx.Client:
        """A browser-like visitor: keeps cookies, follows redirects. Closed with the platform."""
        client = httpx.Client(base_url=self.address, follow_redirects=True, timeout=20)
        return self.visitors.enter_context(client)

    def operator(self) -> httpx.Client:
        """A visitor who has signed in by a one-time link."""
        client = self.client()
        link = invite_link(self.platform.services["notify"].store, self.platform.env)
        page = client.get(link)
        assert page.status_code == 200
        form = client.post(link) if "att-gora" not in str(page.url) else page
        assert form.status_code == 200
        return client


@contextmanager
def running(data: Path, **settings: str) -> Iterator[Running]:
    """Start it; stop it in good order. `settings` are variables without their GORT_ prefix, such as NOTIFY_POLICY."""
    sock = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{sock.getsockname()[1]}"
    wanted = {"DATA": str(data), "PUBLIC_URL": address, "LOG_LEVEL": "error", **PATIENT, **settings}
    with variables({f"GORT_{name}": value for name, value in wanted.items()}):
        platform = build_platform(SERVICES, environment())
    app = compose(platform, faces(platform.env.urls))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[sock])))
    thread.start()
    until(lambda: server.started or not thread.is_alive(), "the platform started")
    assert server.started, "the platform did not start"
    try:
        with ExitStack() as visitors:
            yield Running(platform, app, address, visitors)
    finally:
        server.should_exit = True
        thread.join(30)
        sock.close()


@contextmanager
def variables(values: dict[str, str]) -> Iterator[None]:
    """Environment variables for a while; every other GORT_ variable is away."""
    before = dict(os.environ)
    for name in [n for n in os.environ if n.startswith("GORT_")]:
        del os.environ[name]
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def until(condition: Callable[[], bool], what: str, patience: float = 60) -> None:
    """Wait until something holds. Raise `AssertionError` that names it when it does not."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, f"waited {patience} s in vain: {what}"
        time.sleep(0.02)
