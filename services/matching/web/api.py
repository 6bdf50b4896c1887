"""Matching's API, for operators: what was thought of an idea."""

from fastapi import APIRouter
from pydantic import BaseModel

from services.matching.domain.work import Work
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_matched import IdeaMatched
from shared.kernel.errors import NotFound
from shared.kernel.ids import IdeaId
from shared.storage.store import Store


class Assessment(BaseModel):
    """What matching last said of an idea; both are null while it waits."""

    idea_id: str
    waits: bool
    classified: IdeaClassified | None
    matched: IdeaMatched | None


def router(store: Store[Work]) -> APIRouter:
    routes = APIRouter()

    @routes.get("/ideas/{idea_id}")
    def assessment(idea_id: str) -> Assessment:
        """The labels, places and matches of an idea, each with its reasons as codes."""
        with store.reading() as work:
            idea = work.ideas.get(IdeaId(idea_id))
        if idea is None or idea.withdrawn:
            raise NotFound("no_such_idea")
        return Assessment(idea_id=idea.idea_id, waits=idea.waits, classified=idea.classified, matched=idea.matched)

    return routes
