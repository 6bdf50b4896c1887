"""Everything that a message is made of, looked up when it is sent: nothing of it is kept."""

from dataclasses import dataclass
from datetime import date

from services.notify.commands.invite_operator import invite_operator
from services.notify.domain.case import Case
from services.notify.domain.contact import Contact
from services.notify.domain.delivery import Delivery
from services.notify.domain.referral import Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry import Actor, AnyEntry
from shared.events.idea_matched import Match
from shared.kernel.ids import IdeaId

NEEDS_CASE = {"lead", "accepted_partner", "receipt", "accepted_holder", "link"}


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
    if delivery.to.startswith("operator:"):
        address = delivery.to.removeprefix("operator:")
        token = invite_operator(address, address.partition("@")[0], work, tools.clock)
        return Letter(delivery, address, "", "sv", token=token)
    return _to_partner(delivery, case, work, tools) if delivery.to == "partner" else _to_holder(delivery, case, work)


def _to_partner(delivery: Delivery, case: Case | None, work: Work, tools: Tools) -> Letter | str:
    referral = work.referrals.get(delivery.referral_id) if delivery.referral_id else None
    key = f"actor:{referral.actor_id}" if referral else ""
    actor = work.entries.by_key([key]).get(key)
    if referral is None or not isinstance(actor, Actor):
        return "no_such_actor"
    if delivery.purpose == "lead" and referral.state is not State.REQUESTED:
        return "not_asked_any_more"
    if delivery.purpose == "accepted_partner" and referral.state is not State.ACCEPTED:
        return "not_accepted_any_more"
    address = tools.address_of(actor, work)
    if address is None:
        return "no_address"
    return Letter(
        delivery,
        address,
        actor.name,
        "sv",
        case,
        referral,
        actor,
        work.contacts.get(referral.idea_id) if referral.state is State.ACCEPTED else None,
        _town(case, work),
        match_of(case, actor),
        referral.due,
    )


def _to_holder(delivery: Delivery, case: Case | None, work: Work) -> Letter | str:
    contact = work.contacts.get(delivery.idea_id or IdeaId(""))
    if contact is None or not contact.email:
        return "no_address"
    referral = work.referrals.get(delivery.referral_id) if delivery.referral_id else None
    key = f"actor:{referral.actor_id}" if referral else ""
    actor = work.entries.by_key([key]).get(key)
    if delivery.purpose == "accepted_holder" and (referral is None or referral.state is not State.ACCEPTED):
        return "not_accepted_any_more"
    return Letter(
        delivery,
        contact.email,
        contact.name or "",
        contact.language,
        case,
        referral,
        actor if isinstance(actor, Actor) else None,
        contact,
        _town(case, work),
        None,
        referral.due if referral else None,
    )


def match_of(case: Case | None, actor: AnyEntry) -> Match | None:
    """Why this actor was found for this idea."""
    matches = case.matched.actors if case and case.matched else ()
    return next((m for m in matches if m.entry_id == actor.id), None)


def _town(case: Case | None, work: Work) -> str | None:
    code = case.municipality if case else None
    town = work.entries.by_key([f"municipality:{code}"]).get(f"municipality:{code}") if code else None
    return town.name if town else None
