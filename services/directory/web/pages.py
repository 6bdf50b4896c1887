"""The public directory: who can help, money to apply for, challenges, examples and methods."""

from fastapi import APIRouter, Request, Response

from services.directory.domain.filters import Filter, chosen
from services.directory.domain.work import Work
from services.directory.web.words import Words
from shared.events.entry import Actor, AnyEntry, Scheme
from shared.kernel.errors import NotFound
from shared.runtime.urls import Urls
from shared.storage.store import Store
from shared.web.pages import render

SIZE = 20
ONE = {
    "vem": ("actor", "actor.html"),
    "pengar": ("scheme", "scheme.html"),
    "utmaningar": ("challenge", "challenge.html"),
    "exempel": ("example", "example.html"),
    "metoder": ("method", "method.html"),
}


def router(store: Store[Work], urls: Urls) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    def words(work: Work) -> Words:
        return Words([e for kind in ("term", "challenge", "municipality") for e in work.entries.of_kind(kind)])

    def listed(request: Request, template: str, found: list[AnyEntry], work: Work, page: int, by: Filter) -> Response:
        last = max(1, -(-len(found) // SIZE))
        page = min(max(page, 1), last)
        return render(
            request,
            f"directory/{template}",
            found=found[(page - 1) * SIZE : page * SIZE],
            total=len(found),
            page=page,
            last=last,
            by=by,
            words=words(work),
            challenges=work.entries.of_kind("challenge"),
            towns=work.entries.of_kind("municipality"),
            terms=work.entries.of_kind("term"),
            urls=urls,
        )

    @routes.get("")
    def door(request: Request) -> Response:
        with store.reading() as work:
            counts = work.entries.count()
        return render(request, "directory/door.html", counts=counts, urls=urls)

    @routes.get("/vem")
    def actors(
        request: Request, om: str = "", kommun: str = "", steg: str = "", med: str = "", sida: int = 1
    ) -> Response:
        with store.reading() as work:
            by = Filter(challenge=om, municipality=kommun, stage=steg, support=med)
            found = chosen([e for e in work.entries.of_kind("actor") if isinstance(e, Actor)], by)
            return listed(request, "actors.html", list(found), work, sida, by)

    @routes.get("/pengar")
    def schemes(
        request: Request, om: str = "", kommun: str = "", steg: str = "", vilka: str = "", sida: int = 1
    ) -> Response:
        with store.reading() as work:
            by = Filter(challenge=om, municipality=kommun, stage=steg, form=vilka)
            found = chosen([e for e in work.entries.of_kind("scheme") if isinstance(e, Scheme)], by)
            return listed(request, "schemes.html", list(found), work, sida, by)

    @routes.get("/utmaningar")
    def challenges(request: Request) -> Response:
        with store.reading() as work:
            return listed(request, "challenges.html", list(work.entries.of_kind("challenge")), work, 1, Filter())

    @routes.get("/exempel")
    def examples(request: Request, sida: int = 1) -> Response:
        with store.reading() as work:
            return listed(request, "examples.html", list(work.entries.of_kind("example")), work, sida, Filter())

    @routes.get("/metoder")
    def methods(request: Request, sida: int = 1) -> Response:
        with store.reading() as work:
            return listed(request, "methods.html", list(work.entries.of_kind("method")), work, sida, Filter())

    @routes.get("/{place}/{entry_id}")
    def one(request: Request, place: str, entry_id: str) -> Response:
        kind, template = ONE.get(place, ("", ""))
        with store.reading() as work:
            found = work.entries.get(f"{kind}:{entry_id}") if kind else None
            if found is None:
                raise NotFound("no_such_entry")
            near = _near(found.entry, work)
            return render(request, f"directory/{template}", e=found.entry, near=near, words=words(work), urls=urls)

    return routes


def _near(entry: AnyEntry, work: Work) -> dict[str, list[AnyEntry]]:
    """What a challenge's page gathers: people, money, examples and methods that name it; and what others name by id."""
    gathered: dict[str, list[AnyEntry]] = {}
    for kind in ("actor", "scheme", "example", "method"):
        every = work.entries.of_kind(kind)
        if entry.kind == "challenge":
            found = [e for e in every if entry.id in getattr(e, "challenges", ())]
            gathered[kind] = [e for e in found if len(getattr(e, "challenges", ())) < 8] or found
        else:
            ids = {*getattr(entry, f"{kind}_ids", ()), *getattr(entry, f"local_{kind}_ids", ())}
            ids |= (
                {*entry.funding_ids, *entry.local_funding_ids}
                if kind == "scheme" and entry.kind == "example"
                else set()
            )
            gathered[kind] = [e for e in every if e.id in ids]
    return gathered
