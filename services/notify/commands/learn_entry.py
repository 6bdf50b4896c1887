"""The directory says something of an actor: drafts show what is missing now, and ideas that waited for it go on."""

from services.notify.commands.plan_referrals import cancel_draft, offer_next, plan_referrals, set_remedy
from services.notify.domain.policy import remedy_now
from services.notify.domain.referral import Referral
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.events.entry import Actor, AnyEntry
from shared.kernel.ids import ActorId

LEFT = "left_directory"


def learn_entry(entry_key: str, sequence: int, entry: AnyEntry | None, work: Work, tools: Tools) -> None:
    """None: it has left. An actor that is gone is never asked: drafts for it are taken back, and the next is found."""
    work.entries.learn(entry_key, sequence, entry)
    kind, _, entry_id = entry_key.partition(":")
    if kind != "actor":
        return
    refresh_drafts(ActorId(entry_id), work, tools)
    for idea_id in work.cases.unplanned():
        plan_referrals(idea_id, work, tools)


def refresh_drafts(actor_id: ActorId, work: Work, tools: Tools) -> None:
    """After anything was learned about an actor."""
    for draft in work.referrals.drafts_for(actor_id):
        refresh_draft(draft, work, tools)


def refresh_draft(draft: Referral, work: Work, tools: Tools) -> None:
    key = f"actor:{draft.actor_id}"
    actor, case = work.entries.by_key([key]).get(key), work.cases.get(draft.idea_id)
    if not isinstance(actor, Actor):
        cancel_draft(draft, LEFT, work, tools)
        offer_next(draft.idea_id, work, tools)
    elif case is not None:
        set_remedy(draft, remedy_now(case, tools.candidate(actor, 1.0, work), draft.remedy), work, tools)
