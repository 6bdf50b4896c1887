"""The open API: every entry of the directory, in pages."""

from typing import Annotated, Generic, Literal, TypeVar

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from services.directory.domain.filters import Filter, chosen
from services.directory.domain.work import Work
from shared.events.entry import Actor, Challenge, Example, Method, Municipality, Scheme
from shared.kernel.errors import NotFound
from shared.storage.store import Store

E = TypeVar("E")
Code = Annotated[str, Query(max_length=80, pattern=r"^[a-z0-9.-]*$")]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]
Size = Annotated[int, Query(ge=1, le=100)]
Kind = Literal["actors", "schemes", "challenges", "municipalities", "methods", "examples"]
KINDS: dict[str, tuple[str, type[BaseModel]]] = {
    "challenges": ("challenge", Challenge),
    "municipalities": ("municipality", Municipality),
    "methods": ("method", Method),
    "examples": ("example", Example),
}
SINGULAR = {"actors": "actor", "schemes": "scheme", **{plural: kind for plural, (kind, _) in KINDS.items()}}


class Page(BaseModel, Generic[E]):
    """One page of a list. `total` counts all that fit the filters."""

    total: int
    page: int
    size: int
    items: list[E]


def router(store: Store[Work]) -> APIRouter:
    routes = APIRouter()

    @routes.get("/actors")
    def actors(
        request: Request,
        response: Response,
        challenge: Code = "",
        municipality: Code = "",
        stage: Code = "",
        support: Code = "",
        page: PageNumber = 1,
        size: Size = 50,
    ) -> Page[Actor]:
        """Who can help, by name."""
        with store.reading() as work:
            found = [e for e in work.entries.of_kind("actor") if isinstance(e, Actor)]
        by = Filter(challenge=challenge, municipality=municipality, stage=stage, support=support)
        return _page(chosen(found, by), page, size, request, response)

    @routes.get("/schemes")
    def schemes(
        request: Request,
        response: Response,
        challenge: Code = "",
        municipality: Code = "",
        stage: Code = "",
        form: Code = "",
        page: PageNumber = 1,
        size: Size = 50,
    ) -> Page[Scheme]:
        """Money to apply for; closed ones last."""
        with store.reading() as work:
            found = [e for e in work.entries.of_kind("scheme") if isinstance(e, Scheme)]
        by = Filter(challenge=challenge, municipality=municipality, stage=stage, form=form)
        return _page(chosen(found, by), page, size, request, response)

    for plural, (kind, model) in KINDS.items():
        _list(routes, store, plural, kind, model)

    @routes.get("/{kind}/{entry_id}")
    def one(kind: Kind, entry_id: str) -> Actor | Scheme | Challenge | Municipality | Method | Example:
        """One entry by its id."""
        with store.reading() as work:
            found = work.entries.get(f"{SINGULAR[kind]}:{entry_id}")
        if found is None or not isinstance(found.entry, Actor | Scheme | Challenge | Municipality | Method | Example):
            raise NotFound("no_such_entry")
        return found.entry

    return routes


def _list(routes: APIRouter, store: Store[Work], plural: str, kind: str, model: type[BaseModel]) -> None:
    def listed(request: Request, response: Response, page: PageNumber = 1, size: Size = 50) -> Page[BaseModel]:
        with store.reading() as work:
            return _page(list(work.entries.of_kind(kind)), page, size, request, response)

    shape = Page[model]
    routes.add_api_route(f"/{plural}", listed, response_model=shape, summary=f"All {plural}", name=plural)


def _page(found: list[E], page: int, size: int, request: Request, response: Response) -> Page[E]:
    """The page, with links to its neighbours in the `Link` header (RFC 8288)."""
    last = max(1, -(-len(found) // size))
    steps = {"prev": page - 1, "next": page + 1, "first": 1, "last": last}
    links = [
        f'<{request.url.include_query_params(page=n)}>; rel="{rel}"'
        for rel, n in steps.items()
        if 1 <= n <= last and n != page
    ]
    if links:
        response.headers["link"] = ", ".join(links)
    return Page(total=len(found), page=page, size=size, items=found[(page - 1) * size : page * size])
