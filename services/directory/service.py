"""The directory's manifest: where its parts meet."""

from pathlib import Path

from services.directory.commands.recall_entry import recall_entry
from services.directory.domain.work import Work
from services.directory.jobs.read_sources import Reader, read_sources
from services.directory.queries.figures import figures
from services.directory.settings import Settings
from services.directory.sources import pack
from services.directory.storage.work import SqlWork
from services.directory.web import api, desk, pages
from services.directory.web.words import REFUSALS
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.runtime.environment import Environment
from shared.runtime.service import Area, Face, Service
from shared.runtime.urls import Urls
from shared.storage.store import Store
from shared.telemetry.metrics import Figure
from shared.web.i18n import later as N_
from shared.web.pages import MenuItem

HERE = Path(__file__).parent


def face(urls: Urls) -> Face:
    def menu(words: str, rest: str) -> MenuItem:
        return MenuItem(words, urls.path("directory", "pages", rest))

    return Face(
        HERE,
        (
            menu(N_("Utmaningar"), "/utmaningar"),
            menu(N_("Vem hjälper till"), "/vem"),
            menu(N_("Pengar att söka"), "/pengar"),
            menu(N_("Exempel"), "/exempel"),
            MenuItem(N_("Register"), urls.path("directory", "desk"), desk=True),
        ),
    )


def build(env: Environment) -> Service:
    settings, meters = Settings(), env.meters.of("directory")
    store = Store[Work](
        settings.database_url or env.database_url("directory"), SqlWork, HERE / "storage" / "migrations"
    )
    reader = Reader(env.platform.pack, pack.read, store, env.clock, meters)

    def counted() -> list[Figure]:
        with store.reading() as work:
            return list(figures(work, env.clock.now().date()))

    return Service(
        name="directory",
        store=store,
        face=face(env.urls),
        says=(EntryPublished, EntryWithdrawn),
        recalls={EntryPublished: recall_entry, EntryWithdrawn: recall_entry},
        figures=counted,
        jobs=(read_sources(reader, settings.look_every),),
        areas=(
            Area("pages", pages.router(store, env.urls), open=True),
            Area("desk", desk.router(store, reader, env.urls)),
            Area("api", api.router(store), open=True),
        ),
        sentences=REFUSALS,
    )
