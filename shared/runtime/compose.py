"""The only maker of an application: any number of services in one process, each under its prefixes."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from shared.runtime import health, parked_pages
from shared.runtime.openapi import document
from shared.runtime.platform import Platform
from shared.runtime.service import Face
from shared.web.app import Frame, make_app
from shared.web.i18n import read_tongues
from shared.web.pages import HERE as WEB
from shared.web.sessions import require_operator


def compose(platform: Platform, faces: Sequence[Face]) -> FastAPI:
    """The application of a platform, with the faces of all services, here or elsewhere. Its lifespan starts and stops it."""
    env, services = platform.env, platform.services.values()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        await platform.start()
        try:
            yield
        finally:
            await platform.stop()

    folders = tuple(face.folder / "web" for face in faces)
    frame = Frame(
        region=env.region,
        keys=env.keys,
        tongues=read_tongues((WEB, *folders)),
        folders=folders,
        menu=tuple(item for face in faces for item in face.menu),
        sentences={code: words for s in services for code, words in s.sentences.items()},
        public_url=env.platform.public_url,
        meters=env.meters.of("web"),
        sign_in=env.urls.sign_in,
    )
    app = make_app(frame, lifespan)
    app.include_router(health.router(platform))
    app.include_router(parked_pages.router(platform), prefix="/drift", dependencies=[Depends(require_operator)])
    for service in services:
        for area in service.areas:
            closed = [] if area.open else [Depends(require_operator)]
            if area.name == "api":  # before what its paths might match
                app.include_router(document(service.name, area.router, env.urls), dependencies=closed)
            app.include_router(area.router, prefix=env.urls.prefix(service.name, area.name), dependencies=closed)
    app.state.platform = platform
    return app
