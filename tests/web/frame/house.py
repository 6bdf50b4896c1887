"""The frame with no service in it: one page that shows every part, and an address for each way to be refused."""

import asyncio
import socket
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import httpx
import uvicorn
from fastapi import Depends, FastAPI, Form, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import OperationalError

from shared.kernel.errors import Conflict, NotFound, Refused
from shared.kernel.keys import Keyring
from shared.telemetry.meters import Meters
from shared.web.app import Frame, make_app
from shared.web.i18n import later as N_
from shared.web.i18n import read_tongues
from shared.web.limits import limited
from shared.web.pages import HERE as WEB
from shared.web.pages import MenuItem, render
from shared.web.region import read_region
from shared.web.sessions import CurrentOperator, Operator, Sessions
from tests.running import until

PACK = Path(__file__).parents[2] / "packs" / "liten"
FOUND = {"text": "Skriv några ord om idén", "name": "Skriv vad du heter", "reach": "Välj ett sätt", "share": "Kryssa i"}
REFUSALS: dict[str, Exception] = {
    "missing": NotFound("no_such_bench"),
    "conflict": Conflict("bench_taken", params={"who": "Karin", "status": "lent", "title": "mine"}),
    "field": Refused("too_short", field="text"),
    "broken": RuntimeError("secret-inside"),
    "disk": OperationalError("INSERT", {}, OSError("database or disk is full")),
}


class Bench(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=3, max_length=20)
    seats: int = Field(1, ge=1)


@asynccontextmanager
async def nothing(_: FastAPI) -> AsyncGenerator[None]:
    yield


def house(public_url: str, keys: Keyring) -> FastAPI:
    """The frame around a small pretended service."""
    frame = Frame(
        region=read_region(PACK),
        keys=keys,
        tongues=read_tongues((WEB,)),
        folders=(Path(__file__).parent,),
        menu=(MenuItem(N_("Första"), "/"), MenuItem(N_("Lådan"), "/desk", desk=True)),
        sentences={"bench_taken": N_("{who} sitter redan där.")},
        public_url=public_url,
        sign_in="/logga-in",
        meters=Meters().of("frame"),
    )
    app = make_app(frame, nothing)

    @app.get("/")
    def gallery(request: Request, fel: str = "") -> Response:
        return render(request, "frame/gallery.html", found=FOUND if fel else {}, day_of=date(2026, 12, 4), desk=False)

    @app.get("/desk")
    def desk(request: Request, operator: CurrentOperator) -> Response:
        return render(request, "frame/gallery.html", found={}, day_of=date(2026, 12, 4), desk=True)

    @app.post("/desk/do")
    @app.get("/api/desk")
    def do(operator: CurrentOperator) -> dict[str, str]:
        return {"name": operator.name}

    @app.post("/logga-in")
    def enter(request: Request, name: Annotated[str, Form()]) -> Response:
        response, sessions = Response(status_code=204), request.app.state.sessions
        assert isinstance(sessions, Sessions)
        sessions.open(response, Operator("o1", name))
        return response

    @app.get("/api/refused/{how}")
    @app.get("/refused/{how}")
    def refuse(how: str) -> None:
        raise REFUSALS[how]

    @app.post("/api/benches")
    @app.post("/benches")
    def bench(told: Bench) -> Bench:
        return told

    @app.get("/few", dependencies=[Depends(limited("2/minute", "few"))])
    @app.get("/api/few", dependencies=[Depends(limited("2/minute", "few-api"))])
    def few() -> dict[str, str]:
        return {}

    return app


@dataclass(frozen=True)
class House:
    """A frame that answers at `address`."""

    app: FastAPI
    address: str
    keys: Keyring

    def visitor(self, **headers: str) -> httpx.Client:
        """Somebody who keeps cookies, follows nothing by themselves, and reads Swedish unless they say otherwise."""
        return httpx.Client(base_url=self.address, headers=headers)


@contextmanager
def standing(public_url: str = "http://gort.example") -> Iterator[House]:
    """A house for a while, on a free port."""
    keys = Keyring(b"for tests only, thirty-two bytes")
    app = house(public_url, keys)
    with socket.create_server(("127.0.0.1", 0)) as sock:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[sock])))
        thread.start()
        until(lambda: server.started, "the frame answers")
        try:
            yield House(app, f"http://127.0.0.1:{sock.getsockname()[1]}", keys)
        finally:
            server.should_exit = True
            thread.join(30)
