"""Everything that a message is made of, looked up when it is sent: nothing of it is kept."""

from dataclasses import dataclass
from datetime import date

from services.notify.commands.invite_operator import invite_operator
from services.notify.domain.case import Case
from services.notify.domain.contact import Contact
from services.notify.domain.delivery import Delivery, lead_id
from services.notify.domain.referral import Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.released import released
from shared.events.entry import Actor, AnyEntry
from shared.events.idea_matched import Match
from shared.kernel.ids import ActorId

NEEDS_CASE = {"lead", "accepted_partner", "receipt", "accepted_holder", "link"}  # the others have nothing of the idea
SWEDISH = "sv"


@dataclass(frozen=True, slots=True)
class Letter:
    """`to` is the address. `municipality` and `match` may be unknown; `contact` is there only for who may see it."""

    delivery: Delivery
    to: str
    to_name: str
    language: str
    case: Case | None = None
    referral: Referral | None = None
    actor: Actor | None = None
    contact: Contact | None = None
    municipality: str | None = None
    match: Match | None = None
    due: date | None = None
    token: str = ""  # of an invitation to sign in, made for this letter


def letter(delivery: Delivery, work: Work, tools: Tools) -> Letter | str:
    """What to send, or a code that says why it cannot or need not be sent any more."""
    case = work.cases.get(delivery.idea_id) if delivery.idea_id else None
    if delivery.purpose in NEEDS_CASE and (case is None or case.received is None):
        return "withdrawn"
    referral = work.referrals.get(delivery.referral_id) if delivery.referral_id else None
    if delivery.to == "partner":
        return _to_partner(delivery, case, referral, work, tools)
    if delivery.to == "holder":
        return _to_holder(delivery, case, referral, work)
    return _to_operator(delivery, work, tools)


def _to_operator(delivery: Delivery, work: Work, tools: Tools) -> Letter | str:
    address = tools.operator_of(delivery.to.removeprefix("operator:"))
    if address is None:
        return "no_operator"
    token = invite_operator(address, address.partition("@")[0], work, tools.clock)
    return Letter(delivery, address, "", SWEDISH, token=token)


def _to_partner(
    delivery: Delivery, case: Case | None, referral: Referral | None, work: Work, tools: Tools
) -> Letter | str:
    actor = _actor(referral, work)
    if referral is None or actor is None:
        return "no_such_actor"
    if why_not := _needless(delivery, referral, work):
        return why_not
    if delivery.purpose == "lead" and work.partners.paused(ActorId(actor.id)):
        return "paused"
    address = tools.address_of(actor, work)
    if address is None:
        return "no_address"
    return Letter(
        delivery=delivery,
        to=address,
        to_name=actor.name,
        language=SWEDISH,
        case=case,
        referral=referral,
        actor=actor,
        contact=released(referral, work),
        municipality=_town(case, work),
        match=match_of(case, actor),
        due=referral.due,
    )


def _to_holder(delivery: Delivery, case: Case | None, referral: Referral | None, work: Work) -> Letter | str:
    contact = work.contacts.get(delivery.idea_id) if delivery.idea_id else None
    if contact is None:
        return "withdrawn"
    if referral and (why_not := _needless(delivery, referral, work)):
        return why_not
    if not contact.email:
        return "no_address"
    return Letter(
        delivery=delivery,
        to=contact.email,
        to_name=contact.name or "",
        language=contact.language,
        case=case,
        referral=referral,
        actor=_actor(referral, work),
        contact=contact,
        municipality=_town(case, work),
        due=referral.due if referral else None,
    )


def _needless(delivery: Delivery, referral: Referral, work: Work) -> str:
    """Why nobody misses this message any more: an answer was undone, or the question itself never went out."""
    if delivery.purpose == "lead" and referral.state is not State.REQUESTED:
        return "not_asked_any_more"
    if delivery.purpose in ("accepted_partner", "accepted_holder") and referral.state is not State.ACCEPTED:
        return "not_accepted_any_more"
    lead = work.deliveries.get(lead_id(referral))
    if delivery.purpose in ("cancelled_partner", "withdrawn_partner") and not (lead and lead.arrived):
        return "never_asked"
    return ""


def match_of(case: Case | None, actor: AnyEntry) -> Match | None:
    """Why this actor was found for this idea."""
    matches = case.matched.actors if case and case.matched else ()
    return next((m for m in matches if m.entry_id == actor.id), None)


def _actor(referral: Referral | None, work: Work) -> Actor | None:
    key = f"actor:{referral.actor_id}" if referral else ""
    actor = work.entries.by_key([key]).get(key)
    return actor if isinstance(actor, Actor) else None


def _town(case: Case | None, work: Work) -> str | None:
    key = f"municipality:{case.municipality}" if case and case.municipality else ""
    town = work.entries.by_key([key]).get(key)
    return town.name if town else None
