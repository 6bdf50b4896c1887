"""All of intake's pages."""

from fastapi import APIRouter

from services.intake.web import code, form, holder
from services.intake.web.door import Door


def router(door: Door) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    for part in (form, holder, code):
        routes.include_router(part.router(door))
    return routes
