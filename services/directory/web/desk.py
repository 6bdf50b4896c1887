"""For operators: the whole register with the notes that nobody else sees, and reading the pack again."""

from fastapi import APIRouter, Request, Response

from services.directory.domain.work import Work
from services.directory.jobs.read_sources import Reader
from shared.runtime.urls import Urls
from shared.storage.store import Store
from shared.web.pages import render

KINDS = ("actor", "scheme", "challenge", "municipality", "method", "example")


def router(store: Store[Work], reader: Reader, urls: Urls) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    def shown(request: Request, changed: object = None, tried: bool = False) -> Response:
        with store.reading() as work:
            every = [
                given
                for kind in KINDS
                for e in work.entries.of_kind(kind)
                if (given := work.entries.get(f"{kind}:{e.id}"))
            ]
        status = 422 if tried and reader.defects else 200
        return render(
            request,
            "directory/desk.html",
            status,
            every=every,
            defects=reader.defects,
            changed=changed,
            tried=tried,
            urls=urls,
        )

    @routes.get("")
    def register(request: Request) -> Response:
        return shown(request)

    @routes.post("/las")
    def read(request: Request) -> Response:
        """Read the pack again: what changed, or every defect with its file, entry and field."""
        return shown(request, reader.read(), tried=True)

    return routes
