"""What an operator does about one idea or one partner. Each is noted: who, what, when."""

import re
from dataclasses import replace

from services.notify.commands.learn_entry import refresh_draft, refresh_drafts
from services.notify.commands.plan_referrals import cancel_draft, make_draft
from services.notify.commands.request_referral import request_referral
from services.notify.commands.take_back import take_back
from services.notify.domain.notices import Noted
from services.notify.domain.policy import Proposal, remedy_now
from services.notify.domain.referral import OPEN, Referral, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry import Actor
from shared.kernel.errors import Conflict, NotFound, Refused
from shared.kernel.ids import ActorId, IdeaId, ReferralId

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")


def confirm(referral_id: ReferralId, who: str, work: Work, tools: Tools) -> None:
    """Send a draft. Whoever sends it has seen what classification was unsure of. Raise `Conflict` with what is missing."""
    referral = _known(referral_id, work)
    case = work.cases.get(referral.idea_id)
    basis = case.basis if case else "consent"
    if case and case.unsure:
        work.cases.put(replace(case, seen_by=who))
    request_referral(referral_id, who, basis, work, tools)
    _note("sent", who, work, tools, referral.idea_id, referral.actor_id)


def choose(idea_id: IdeaId, actor_id: ActorId, who: str, work: Work, tools: Tools) -> None:
    """Choose another actor: drafts that nobody sent are cancelled, and a draft for this one stands ready."""
    actor, case = _actor(actor_id, work), work.cases.get(idea_id)
    if case is None or not case.complete:
        raise Conflict("cannot_ask")
    before = work.referrals.of(idea_id)
    if any(r.state is State.ACCEPTED and r.actor_id != actor_id for r in before):
        raise Conflict("somebody_said_yes")
    for other in before:
        if other.actor_id == actor_id and other.state in OPEN:
            raise Conflict("already_offered")
        if other.state is State.DRAFT:
            cancel_draft(other, "chose_another", work, tools, who)
    case = work.cases.get(idea_id) or case
    make_draft(idea_id, Proposal(actor, remedy_now(case, tools.candidate(actor, 1.0, work), "")), work, tools, who)
    _note("chose", who, work, tools, idea_id, actor_id)


def cancel(referral_id: ReferralId, who: str, work: Work, tools: Tools) -> None:
    """Take a referral back. A partner who was asked is told. Raise `Conflict` when it has ended already."""
    referral = _known(referral_id, work)
    take_back(referral, "operator", "operator", work, tools, who)
    work.desk.call_off(referral.idea_id, tools.clock.now())
    _note("cancelled", who, work, tools, referral.idea_id, referral.actor_id)


def add_address(actor_id: ActorId, address: str, who: str, work: Work, tools: Tools) -> None:
    """Kept apart from the directory. Raise `Refused` when it is no address."""
    address = address.strip()
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise Refused("address_malformed", field="address")
    _actor(actor_id, work)
    work.partners.set_address(actor_id, address, who, tools.clock.now())
    refresh_drafts(actor_id, work, tools)
    _note("address", who, work, tools, None, actor_id)


def tick(actor_id: ActorId, who: str, work: Work, tools: Tools) -> None:
    """An operator rang: the actor is there and wants to be asked."""
    _actor(actor_id, work)
    work.partners.check(actor_id, who, tools.clock.now())
    refresh_drafts(actor_id, work, tools)
    _note("rang", who, work, tools, None, actor_id)


def note_consent(idea_id: IdeaId, who: str, work: Work, tools: Tools) -> None:
    """The holder said, to an operator, that the idea may be shown."""
    case = work.cases.get(idea_id)
    if case is None or case.withdrawn_at:
        raise NotFound("no_such_idea")
    work.cases.put(replace(case, consent_by=who))
    for referral in work.referrals.of(idea_id):
        if referral.state is State.DRAFT:
            refresh_draft(referral, work, tools)
    _note("consent", who, work, tools, idea_id)


def done_calling(call_id: str, who: str, work: Work, tools: Tools) -> None:
    """Raise `NotFound` when nobody needs to be rung (any more)."""
    idea_id = work.desk.called(call_id, who, tools.clock.now())
    if idea_id is None:
        raise NotFound("no_such_call")
    _note("called", who, work, tools, idea_id)


def pause_outgoing(paused: bool, who: str, work: Work, tools: Tools) -> None:
    """Nothing goes out while paused, but what lets operators in; what becomes due waits. Holds over restarts."""
    work.desk.pause(paused, who, tools.clock.now())
    work.notice()
    _note("paused" if paused else "resumed", who, work, tools)


def send_again(delivery_id: str, who: str, work: Work, tools: Tools) -> None:
    """Try a message again that was given up. Raise `NotFound`, or `Conflict` when it was not."""
    delivery = work.deliveries.get(delivery_id)
    if delivery is None:
        raise NotFound("no_such_delivery")
    work.deliveries.put(delivery.again(tools.clock.now()))
    work.notice()
    _note("again", who, work, tools, delivery.idea_id, delivery.purpose)


def _known(referral_id: ReferralId, work: Work) -> Referral:
    referral = work.referrals.get(referral_id)
    if referral is None:
        raise NotFound("no_such_referral")
    return referral


def _actor(actor_id: ActorId, work: Work) -> Actor:
    actor = work.entries.by_key([f"actor:{actor_id}"]).get(f"actor:{actor_id}")
    if not isinstance(actor, Actor):
        raise NotFound("no_such_actor")
    return actor


def _note(what: str, who: str, work: Work, tools: Tools, idea_id: IdeaId | None = None, about: str = "") -> None:
    work.desk.note(Noted(tools.clock.now(), who, what, idea_id, about))
