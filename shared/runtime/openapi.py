"""Each service's own OpenAPI document, beside its API: `<prefix>/openapi.json`."""

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from shared.runtime.urls import Urls

PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "field": {"type": "string"},
    },
    "required": ["type", "title", "status"],
}


def document(service: str, api: APIRouter, urls: Urls) -> APIRouter:
    """A router that serves the document of an API. Every operation may answer with a problem."""
    prefix = urls.prefix(service, "api")
    mounted = APIRouter()
    mounted.include_router(api, prefix=prefix)
    shape = get_openapi(title=f"{service} API", version="1", routes=mounted.routes)
    answer = {"description": "A problem", "content": {"application/problem+json": {"schema": PROBLEM}}}
    for operations in shape["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = answer
    routes = APIRouter(include_in_schema=False)

    @routes.get(f"{prefix}/openapi.json")
    def openapi() -> JSONResponse:
        return JSONResponse(shape)

    return routes
