"""Matching's manifest: where its parts meet."""

from functools import partial
from pathlib import Path

from services.matching import signals
from services.matching.commands.assess_idea import Assess
from services.matching.commands.recall_opinion import recall_opinion
from services.matching.domain.assessor import Opinion
from services.matching.domain.told import ToldIdea
from services.matching.domain.work import Work
from services.matching.jobs.assess_waiting import Directory, assess_waiting
from services.matching.queries.figures import figures
from services.matching.reactions.on_entry_published import on_entry_published
from services.matching.reactions.on_entry_withdrawn import on_entry_withdrawn
from services.matching.reactions.on_idea_located import on_idea_located
from services.matching.reactions.on_idea_received import on_idea_received
from services.matching.reactions.on_idea_withdrawn import on_idea_withdrawn
from services.matching.settings import Settings
from services.matching.storage.work import SqlWork
from services.matching.web import api, pages
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_located import IdeaLocated
from shared.events.idea_matched import IdeaMatched
from shared.events.idea_received import IdeaReceived
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.messaging.hears import Hears
from shared.runtime.environment import Environment
from shared.runtime.plugs import find
from shared.runtime.service import Area, Face, Service
from shared.runtime.urls import Urls
from shared.storage.store import Store
from shared.telemetry.metrics import Figure
from shared.web.i18n import later as N_
from shared.web.pages import MenuItem

HERE = Path(__file__).parent


def face(urls: Urls) -> Face:
    return Face(HERE, (MenuItem(N_("Matchningar"), urls.path("matching", "desk"), desk=True),))


def build(env: Environment) -> Service:
    settings, clock = Settings(), env.clock
    store = Store[Work](settings.database_url or env.database_url("matching"), SqlWork, HERE / "storage" / "migrations")
    directory = Directory(store, assessor, settings.patience)

    def counted() -> list[Figure]:
        with store.reading() as work:
            return list(figures(work, env.clock.now()))

    return Service(
        name="matching",
        store=store,
        face=face(env.urls),
        hears=(
            Hears(IdeaReceived, partial(on_idea_received, clock=clock), as_="keep-idea"),
            Hears(IdeaLocated, partial(on_idea_located, clock=clock), as_="locate-idea"),
            Hears(IdeaWithdrawn, partial(on_idea_withdrawn, clock=clock), as_="forget-idea"),
            Hears(EntryPublished, partial(on_entry_published, clock=clock), as_="learn-entry"),
            Hears(EntryWithdrawn, partial(on_entry_withdrawn, clock=clock), as_="unlearn-entry"),
        ),
        says=(IdeaClassified, IdeaMatched),
        recalls=dict.fromkeys((IdeaClassified, IdeaMatched), partial(recall_opinion, clock=clock)),
        figures=counted,
        jobs=(assess_waiting(store, directory, clock, env.meters.of("matching")),),
        areas=(Area("desk", pages.router(store, env.urls)), Area("api", api.router(store))),
    )


def assessor(work: Work) -> Assess | None:
    """How to judge ideas by the directory of now; None while it has no challenges. scikit-learn is imported here."""
    from services.matching.domain.assessor import Assessor
    from services.matching.domain.idea_view import IdeaView

    entries = work.entries.all()
    if not any(entry.kind == "challenge" for entry in entries):
        return None
    knows = Assessor(entries, find(signals))

    def assess(idea: ToldIdea) -> Opinion:
        words = "\n".join(filter(None, (idea.title, idea.text)))
        return knows.assess(
            IdeaView(
                text=words,
                language=idea.language,
                place=idea.place,
                municipality=idea.municipality,
                legal_form=idea.legal_form,
            )
        )

    return assess
