"""Intake's manifest: where its parts meet."""

from functools import partial
from pathlib import Path

from services.intake.commands.recall_idea import recall_contact, recall_idea, recall_received
from services.intake.commands.withdraw_idea import withdraw_again
from services.intake.domain.work import Work
from services.intake.jobs.forget_keys import forget_keys
from services.intake.queries.figures import figures
from services.intake.reactions.on_entry_published import on_entry_published
from services.intake.reactions.on_entry_withdrawn import on_entry_withdrawn
from services.intake.reactions.on_idea_classified import on_idea_classified
from services.intake.reactions.on_idea_matched import on_idea_matched
from services.intake.reactions.on_referral_accepted import on_referral_accepted
from services.intake.reactions.on_referral_cancelled import on_referral_cancelled
from services.intake.reactions.on_referral_drafted import on_referral_drafted
from services.intake.reactions.on_referral_rejected import on_referral_rejected
from services.intake.reactions.on_referral_reopened import on_referral_reopened
from services.intake.reactions.on_referral_requested import on_referral_requested
from services.intake.settings import Settings
from services.intake.storage.work import SqlWork
from services.intake.web import api, pages
from services.intake.web.door import Door
from services.intake.web.sentences import REFUSALS
from shared.events.consent_given import ConsentGiven
from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_located import IdeaLocated
from shared.events.idea_matched import IdeaMatched
from shared.events.idea_received import IdeaReceived
from shared.events.idea_withdrawn import IdeaWithdrawn
from shared.events.link_requested import LinkRequested
from shared.events.referral_accepted import ReferralAccepted
from shared.events.referral_cancelled import ReferralCancelled
from shared.events.referral_drafted import ReferralDrafted
from shared.events.referral_rejected import ReferralRejected
from shared.events.referral_reopened import ReferralReopened
from shared.events.referral_requested import ReferralRequested
from shared.messaging.hears import Hears
from shared.runtime.environment import Environment
from shared.runtime.service import Area, Face, Service
from shared.runtime.urls import Urls
from shared.storage.store import Store
from shared.telemetry.metrics import Figure
from shared.web.i18n import later as N_
from shared.web.pages import MenuItem

HERE = Path(__file__).parent


def face(urls: Urls) -> Face:
    return Face(
        HERE,
        (
            MenuItem(N_("Berätta en idé"), "/"),
            MenuItem(N_("Hur går det för min idé?"), urls.path("intake", "pages", "/kod"), about=True),
            MenuItem(N_("Så sköter vi dina uppgifter"), urls.path("intake", "pages", "/personuppgifter"), about=True),
            MenuItem(N_("Tillgänglighet"), urls.path("intake", "pages", "/tillganglighet"), about=True),
        ),
    )


def build(env: Environment) -> Service:
    settings = Settings()
    store = Store[Work](settings.database_url or env.database_url("intake"), SqlWork, HERE / "storage" / "migrations")
    door = Door(store, env, settings)

    def counted() -> list[Figure]:
        with store.reading() as work:
            return list(figures(work, env.clock.now()))

    return Service(
        name="intake",
        store=store,
        face=face(env.urls),
        hears=(
            Hears(IdeaClassified, on_idea_classified, as_="follow-classified"),
            Hears(IdeaMatched, on_idea_matched, as_="follow-matched"),
            Hears(ReferralDrafted, on_referral_drafted, as_="follow-drafted"),
            Hears(ReferralRequested, on_referral_requested, as_="follow-requested"),
            Hears(ReferralAccepted, on_referral_accepted, as_="follow-accepted"),
            Hears(ReferralRejected, on_referral_rejected, as_="follow-rejected"),
            Hears(ReferralCancelled, on_referral_cancelled, as_="follow-cancelled"),
            Hears(ReferralReopened, on_referral_reopened, as_="follow-reopened"),
            Hears(EntryPublished, on_entry_published, as_="learn-entry"),
            Hears(EntryWithdrawn, on_entry_withdrawn, as_="unlearn-entry"),
        ),
        says=(IdeaReceived, IdeaLocated, ConsentGiven, IdeaWithdrawn, LinkRequested, ContactGiven, ContactErased),
        figures=counted,
        recalls={
            IdeaReceived: partial(recall_received, keys=env.keys),
            ContactGiven: recall_contact,
            **dict.fromkeys((IdeaLocated, ConsentGiven, LinkRequested), recall_idea),
            IdeaWithdrawn: partial(withdraw_again, clock=env.clock),
        },
        jobs=(forget_keys(store, env.clock),),
        areas=(Area("pages", pages.router(door), open=True), Area("api", api.router(door), open=True)),
        sentences=REFUSALS,
    )
