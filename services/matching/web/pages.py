"""For operators: what matching thought of each idea, and why."""

from fastapi import APIRouter, Request, Response

from services.matching.domain.work import Work
from services.matching.queries.names import entries_by_id
from services.matching.web.sentences import phrasebook
from shared.kernel.errors import NotFound
from shared.kernel.ids import IdeaId
from shared.runtime.urls import Urls
from shared.storage.store import Store
from shared.web.pages import render

MOST = 100


def router(store: Store[Work], urls: Urls) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("")
    def recent(request: Request) -> Response:
        """The ideas that were assessed last."""
        with store.reading() as work:
            ideas, entries = work.ideas.recent(MOST), entries_by_id(work)
        book = phrasebook(entries)
        return render(request, "matching/ideas.html", ideas=ideas, entries=entries, book=book, urls=urls)

    @routes.get("/{idea_id}")
    def one(request: Request, idea_id: str) -> Response:
        """One idea: its labels, its places, its matches, each with every reason."""
        with store.reading() as work:
            idea, entries = work.ideas.get(IdeaId(idea_id)), entries_by_id(work)
        if idea is None or idea.withdrawn:
            raise NotFound("no_such_idea")
        book = phrasebook(entries)
        return render(request, "matching/idea.html", idea=idea, entries=entries, book=book, urls=urls)

    return routes
