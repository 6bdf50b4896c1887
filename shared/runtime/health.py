"""For machines that watch: is it alive, is it ready, and its figures."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.runtime.platform import Platform


def router(platform: Platform) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("/health/live")
    def live() -> JSONResponse:
        """200 while every loop makes progress; 503 names those that do not: restart the process."""
        silent = platform.pulse.silent()
        return JSONResponse({"live": not silent, "silent": silent}, 503 if silent else 200)

    @routes.get("/health/ready")
    def ready() -> JSONResponse:
        """200 when work can be taken on; 503 says what stands in the way."""
        troubles = platform.troubles()
        return JSONResponse({"ready": not troubles, "troubles": troubles}, 503 if troubles else 200)

    @routes.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(platform.env.meters.registry), media_type=CONTENT_TYPE_LATEST)

    return routes
