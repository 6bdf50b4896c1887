"""Notify's manifest: where its parts meet."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from services.notify import notifiers
from services.notify.commands.recall_referral import recall_referral
from services.notify.domain.notifier import MAIL, Carrier, Carriers, Notifier, guarded
from services.notify.domain.policy import Rules
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.jobs.deliver_due import Deliverer, deliver_due
from services.notify.queries.figures import figures
from services.notify.reactions.on_consent_given import on_consent_given
from services.notify.reactions.on_contact_erased import on_contact_erased
from services.notify.reactions.on_contact_given import on_contact_given
from services.notify.reactions.on_entry_published import on_entry_published
from services.notify.reactions.on_entry_withdrawn import on_entry_withdrawn
from services.notify.reactions.on_event_parked import on_event_parked
from services.notify.reactions.on_event_unparked import on_event_unparked
from services.notify.reactions.on_idea_classified import on_idea_classified
from services.notify.reactions.on_idea_located import on_idea_located
from services.notify.reactions.on_idea_matched import on_idea_matched
from services.notify.reactions.on_idea_received import on_idea_received
from services.notify.reactions.on_idea_withdrawn import on_idea_withdrawn
from services.notify.reactions.on_link_requested import on_link_requested
from services.notify.settings import Settings
from services.notify.storage.work import SqlWork
from services.notify.web import answer, api, desk, mailbox, signin
from services.notify.web.counter import Counter
from services.notify.web.links import AnswerLinks
from services.notify.web.mails import Post
from services.notify.web.sentences import REFUSALS
from shared.events.consent_given import ConsentGiven
from shared.events.contact_erased import ContactErased
from shared.events.contact_given import ContactGiven
from shared.events.delivery_failed import DeliveryFailed
from shared.events.entry import AnyEntry
from shared.events.entry_published import EntryPublished
from shared.events.entry_withdrawn import EntryWithdrawn
from shared.events.event_parked import EventParked
from shared.events.event_unparked import EventUnparked
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
from shared.runtime.plugs import find
from shared.runtime.service import Area, Face, Service
from shared.runtime.settings import SettingsRefused
from shared.runtime.urls import Urls
from shared.storage.store import Store
from shared.telemetry.metrics import Figure
from shared.web.i18n import later as N_
from shared.web.i18n import read_tongues
from shared.web.pages import HERE as WEB
from shared.web.pages import MenuItem, Pages

HERE = Path(__file__).parent
SAYS = (
    ReferralDrafted,
    ReferralRequested,
    ReferralAccepted,
    ReferralRejected,
    ReferralCancelled,
    ReferralReopened,
    DeliveryFailed,
)


def face(urls: Urls) -> Face:
    return Face(
        HERE,
        (
            MenuItem(N_("Att göra"), urls.path("notify", "desk"), desk=True),
            MenuItem(N_("Brev"), urls.path("notify", "desk", "/brev"), desk=True),
        ),
    )


def build(env: Environment) -> Service:
    settings, meters = Settings(), env.meters.of("notify")
    store = Store[Work](settings.database_url or env.database_url("notify"), SqlWork, HERE / "storage" / "migrations")
    rules = Rules(settings.policy, settings.threshold, settings.most_asked)
    carriers = carriers_of(settings, store, env)
    tools = Tools(
        rules=rules,
        clock=env.clock,
        answer_days=settings.answer_days,
        contact_days=settings.contact_days,
        demo_domain=settings.demo_domain,
        country=settings.country,
        operators=settings.operator_addresses,
        kinds=tuple(carriers),
    )
    links = AnswerLinks(env.keys, settings.link_days)
    deliverer = Deliverer(store, carriers, post(env, links, store).write, tools, meters)
    counter = Counter(store, env, settings, tools, links, carriers)

    def counted() -> list[Figure]:
        with store.reading() as work:
            return list(figures(work, env.clock.now()))

    return Service(
        name="notify",
        store=store,
        face=face(env.urls),
        hears=(
            Hears(IdeaReceived, partial(on_idea_received, tools=tools), as_="hear-idea"),
            Hears(IdeaLocated, partial(on_idea_located, tools=tools), as_="hear-place"),
            Hears(IdeaWithdrawn, partial(on_idea_withdrawn, tools=tools), as_="forget-idea"),
            Hears(ConsentGiven, partial(on_consent_given, tools=tools), as_="hear-consent"),
            Hears(LinkRequested, partial(on_link_requested, tools=tools), as_="send-link"),
            Hears(ContactGiven, partial(on_contact_given, tools=tools), as_="hear-contact"),
            Hears(ContactErased, partial(on_contact_erased, tools=tools), as_="forget-contact"),
            Hears(IdeaClassified, partial(on_idea_classified, tools=tools), as_="hear-classified"),
            Hears(IdeaMatched, partial(on_idea_matched, tools=tools), as_="hear-matched"),
            Hears(EntryPublished, partial(on_entry_published, tools=tools), as_="learn-entry"),
            Hears(EntryWithdrawn, partial(on_entry_withdrawn, tools=tools), as_="unlearn-entry"),
            Hears(EventParked, on_event_parked, as_="show-parked"),
            Hears(EventUnparked, on_event_unparked, as_="hide-parked"),
        ),
        says=SAYS,
        recalls=dict.fromkeys(SAYS, partial(recall_referral, tools=tools)),
        figures=counted,
        jobs=(deliver_due(deliverer),),
        areas=(
            Area("answer", answer.router(counter), open=True),
            Area("signin", signin.router(counter), open=True),
            Area("desk", desk.router(counter)),
            Area("desk", mailbox.router(counter)),
            Area("api", api.router(counter)),
        ),
        sentences=REFUSALS,
    )


def carriers_of(settings: Settings, store: Store[Work], env: Environment) -> Carriers:
    """What carries to each kind of address: for mail the notifier that is set, else the first that has its settings.

    Raise `SettingsRefused` when the one for mail is not there or lacks its settings.
    """
    plugs, found = find(notifiers), dict[str, Carrier]()
    wanted = settings.notifier or ("smtp" if settings.smtp_host else "mailbox")
    for plug in plugs:
        known: Notifier = plug.notifier
        if known.reaches in found or (known.reaches == MAIL and known.name != wanted):
            continue
        if send := plug.make(settings, store, env.region.sender, env.clock):
            free = settings.live_mail or not known.leaves
            found[known.reaches] = Carrier(known, send if free else guarded(send), settings.live_mail)
    if MAIL not in found:
        names = ", ".join(plug.notifier.name for plug in plugs if plug.notifier.reaches == MAIL)
        raise SettingsRefused(f"GORT_NOTIFY_NOTIFIER: {wanted} lacks its settings, or is none of {names}")
    return found


def settings_of_plugs() -> list[type]:
    """The settings that notifiers keep in their own folders: they are read, and listed, with all others."""
    return [plug.notifier.reads for plug in find(notifiers) if plug.notifier.reads]


def post(env: Environment, links: AnswerLinks, store: Store[Work]) -> Post:
    """The writer of mails, with its own templates and languages: it works without any page being asked for."""
    pages = Pages((HERE / "web",), env.region, (), {})

    def known(keys: list[str]) -> Mapping[str, AnyEntry]:
        with store.reading() as work:
            return work.entries.by_key(keys)

    return Post(env, pages, read_tongues((WEB, HERE / "web")), links, known)
