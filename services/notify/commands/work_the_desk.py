"""What an operator does about one idea or one partner. Each is noted: who, what, when."""

import re
from dataclasses import replace

from services.notify.commands.plan_referrals import make_draft
from services.notify.commands.request_referral import request_referral
from services.notify.commands.speak import name_of, say_of
from services.notify.domain.delivery import Delivery
from services.notify.domain.notices import Noted
from services.notify.domain.policy import Proposal, Rules, remedy_of
from services.notify.domain.referral import OPEN, Change, State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry import Actor
from shared.events.referral_cancelled import ReferralCancelled
from shared.kernel.errors import Conflict, NotFound, Refused
from shared.kernel.ids import ActorId, IdeaId, ReferralId

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")


def confirm(referral_id: ReferralId, who: str, work: Work, tools: Tools) -> None:
    """Send a draft. Whoever sends it has seen what classification was unsure of. Raise `Conflict` with what is missing."""
    referral = work.referrals.get(referral_id)
    if referral is None:
        raise NotFound("no_such_referral")
    case = work.cases.get(referral.idea_id)
    basis = "operator" if case and case.consent_by else "consent"
    if case and case.unsure:
        work.cases.put(replace(case, seen_by=who))
    request_referral(referral_id, who, basis, work, tools)
    _note("sent", who, work, tools, referral.idea_id, referral.actor_id)


def choose(idea_id: IdeaId, actor_id: ActorId, who: str, work: Work, tools: Tools) -> None:
    """Choose another actor: drafts that nobody sent are cancelled, and a draft for this one stands ready."""
    key = f"actor:{actor_id}"
    actor = work.entries.by_key([key]).get(key)
    if not isinstance(actor, Actor):
        raise NotFound("no_such_actor")
    now = tools.clock.now()
    for other in work.referrals.of(idea_id):
        if other.actor_id == actor_id and other.state in OPEN:
            raise Conflict("already_offered")
        if other.state is State.DRAFT:
            gone, change = other.cancel(now, who, "chose_another")
            work.referrals.put(gone, change)
            say_of(ReferralCancelled, gone, name_of(gone, work), work, now, by="operator", reason="chose_another")
    case = work.cases.get(idea_id)
    if case is None or not case.complete:
        raise Conflict("cannot_ask")
    remedy = remedy_of(case, tools.candidate(actor, 1.0, work), Rules("confirm", 0.0), 0)
    make_draft(idea_id, Proposal(actor, remedy), work, tools, who)
    _note("chose", who, work, tools, idea_id, actor_id)


def cancel(referral_id: ReferralId, who: str, work: Work, tools: Tools) -> None:
    """Take a referral back. A partner who was asked is told."""
    referral = work.referrals.get(referral_id)
    if referral is None:
        raise NotFound("no_such_referral")
    now = tools.clock.now()
    gone, change = referral.cancel(now, who, "operator")
    work.referrals.put(gone, change)
    say_of(ReferralCancelled, gone, name_of(gone, work), work, now, by="operator", reason="operator")
    if referral.state is not State.DRAFT:
        told = f"cancelled-{referral_id}-{referral.round}"
        work.deliveries.add(
            Delivery(told, "cancelled_partner", "partner", now, now, referral.idea_id, referral.referral_id)
        )
        work.notice()
    _note("cancelled", who, work, tools, referral.idea_id, referral.actor_id)


def add_address(actor_id: ActorId, address: str, who: str, work: Work, tools: Tools) -> None:
    """Kept apart from the directory. Raise `Refused` when it is no address."""
    address = address.strip()
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise Refused("address_malformed", field="address")
    work.partners.set_address(actor_id, address, who, tools.clock.now())
    _refresh(actor_id, work, tools)
    _note("address", who, work, tools, None, actor_id)


def tick(actor_id: ActorId, who: str, work: Work, tools: Tools) -> None:
    """An operator rang: the actor is there and wants to be asked."""
    work.partners.check(actor_id, who, tools.clock.now())
    _refresh(actor_id, work, tools)
    _note("rang", who, work, tools, None, actor_id)


def note_consent(idea_id: IdeaId, who: str, work: Work, tools: Tools) -> None:
    """The holder said, to an operator, that the idea may be shown."""
    case = work.cases.get(idea_id)
    if case is None or case.withdrawn_at:
        raise NotFound("no_such_idea")
    work.cases.put(replace(case, consent_by=who))
    for referral in work.referrals.of(idea_id):
        _remedied(referral.referral_id, work, tools)
    _note("consent", who, work, tools, idea_id)


def done_calling(call_id: str, who: str, work: Work, tools: Tools) -> None:
    work.desk.called(call_id, who, tools.clock.now())
    _note("called", who, work, tools, None, call_id[:200])


def pause_outgoing(paused: bool, who: str, work: Work, tools: Tools) -> None:
    """Nothing goes out while paused; what becomes due waits. Holds over restarts."""
    work.desk.pause(paused, who, tools.clock.now())
    work.notice()
    _note("paused" if paused else "resumed", who, work, tools)


def send_again(delivery_id: str, who: str, work: Work, tools: Tools) -> None:
    """Try a message again that was given up."""
    delivery = work.deliveries.get(delivery_id)
    if delivery is None:
        raise NotFound("no_such_delivery")
    if delivery.state != "failed":
        raise Conflict("not_failed")
    now = tools.clock.now()
    work.deliveries.put(replace(delivery, state="due", due_at=now, created_at=now, attempts=0, reason=""))
    work.notice()
    _note("again", who, work, tools, delivery.idea_id, delivery_id[:200])


def _refresh(actor_id: ActorId, work: Work, tools: Tools) -> None:
    for referral in work.referrals.open():
        if referral.actor_id == actor_id:
            _remedied(referral.referral_id, work, tools)


def _remedied(referral_id: ReferralId, work: Work, tools: Tools) -> None:
    """A draft shows what is missing now, not what was."""
    referral = work.referrals.get(referral_id)
    key = f"actor:{referral.actor_id}" if referral else ""
    actor = work.entries.by_key([key]).get(key)
    case = work.cases.get(referral.idea_id) if referral else None
    if referral is None or referral.state is not State.DRAFT or case is None or not isinstance(actor, Actor):
        return
    remedy = remedy_of(case, tools.candidate(actor, 1.0, work), Rules("confirm", 0.0), 0)
    if remedy != referral.remedy:
        change = Change(tools.clock.now(), "policy", State.DRAFT, State.DRAFT, remedy)
        work.referrals.put(replace(referral, remedy=remedy), change)


def _note(what: str, who: str, work: Work, tools: Tools, idea_id: IdeaId | None = None, about: str = "") -> None:
    work.desk.note(Noted(tools.clock.now(), who, what, idea_id, about))
