"""Everything that a message is made of, looked up when it is sent: nothing of it is kept."""

from dataclasses import dataclass
from datetime import date

from services.notify.domain.case import Case
from services.notify.domain.contact import Contact
from services.notify.domain.delivery import Delivery, lead_id
from services.notify.domain.notifier import MAIL
from services.notify.domain.referral import Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.released import released
from shared.events.entry import Actor
from shared.events.idea_matched import Match
from shared.kernel.ids import ActorId, MunicipalityCode

# the others have nothing of the idea
NEEDS_CASE = {"lead", "accepted_partner", "receipt", "accepted_holder", "undone_holder", "link"}
SWEDISH = "sv"


@dataclass(frozen=True, slots=True)
class Letter:
    """`to` is the address, `reach` its kind. `municipality` and `match` may be unknown.

    `contact` is there only for who may see it.
    """

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
    reach: str = MAIL
    token: str = ""  # of the invitation that lets an operator in


def letter(delivery: Delivery, work: Work, tools: Tools) -> Letter | str:
    """What to send, or a code that says why it cannot or need not be sent any more."""
    case = work.cases.get(delivery.idea_id) if delivery.idea_id else None
    if delivery.purpose in NEEDS_CASE and (case is None or case.received is None):
        return "withdrawn"
    referral = work.referrals.get(delivery.referral_id) if delivery.referral_id else None
    if delivery.to == "partner":
        return _to_partner(delivery, case, referral, work, tools)
    if delivery.to == "holder":
        return _to_holder(delivery, case, referral, work, tools)
    address = tools.operator_of(delivery.to.removeprefix("operator:"))
    return Letter(delivery, address, "", SWEDISH) if address else "no_operator"


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
    place, match = as_asked(referral, case, work) if case else (None, None)
    return Letter(
        delivery=delivery,
        to=address,
        to_name=actor.name,
        language=SWEDISH,
        case=case,
        referral=referral,
        actor=actor,
        contact=released(referral, work),
        municipality=_town(place, work),
        match=match,
        due=referral.due,
    )


def _to_holder(
    delivery: Delivery, case: Case | None, referral: Referral | None, work: Work, tools: Tools
) -> Letter | str:
    contact = work.contacts.get(delivery.idea_id) if delivery.idea_id else None
    if contact is None:
        return "withdrawn"
    if referral and (why_not := _needless(delivery, referral, work)):
        return why_not
    asked_for = (MAIL, contact.email or "") if delivery.purpose == "link" else contact.address(tools.kinds)
    if not asked_for or not asked_for[1]:
        return "no_address"
    return Letter(
        delivery=delivery,
        to=asked_for[1],
        reach=asked_for[0],
        to_name=contact.name or "",
        language=contact.language,
        case=case,
        referral=referral,
        actor=_actor(referral, work),
        contact=contact,
        municipality=_town(case.municipality if case else None, work),
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
    if delivery.purpose == "undone_holder" and referral.state is State.ACCEPTED:
        return "not_undone_any_more"
    if delivery.purpose == "undone_holder" and not _told_of_yes(referral, work):
        return "never_told"
    return ""


def _told_of_yes(referral: Referral, work: Work) -> bool:
    return any(
        d.arrived
        for d in work.deliveries.of(referral.idea_id)
        if d.purpose == "accepted_holder" and d.referral_id == referral.referral_id
    )


def as_asked(referral: Referral, case: Case, work: Work) -> tuple[MunicipalityCode | None, Match | None]:
    """Where the idea lived, and why this partner, when they were asked; as it is now for one that was not asked yet."""
    if told := work.referrals.as_asked(referral.referral_id):
        return told.place, told.match
    return case.municipality, case.match_of(referral.actor_id)


def _actor(referral: Referral | None, work: Work) -> Actor | None:
    key = f"actor:{referral.actor_id}" if referral else ""
    actor = work.entries.by_key([key]).get(key)
    return actor if isinstance(actor, Actor) else None


def _town(place: MunicipalityCode | None, work: Work) -> str | None:
    key = f"municipality:{place}" if place else ""
    town = work.entries.by_key([key]).get(key)
    return town.name if town else None
