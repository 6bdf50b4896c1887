"""A partner wants no questions for a while, or takes them again: drafts for them say so at once."""

from services.notify.commands.learn_entry import refresh_drafts
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.kernel.errors import NotFound
from shared.kernel.ids import ReferralId


def pause_questions(referral_id: ReferralId, paused: bool, work: Work, tools: Tools) -> None:
    """By the partner of a question, in whatever state it is. Raise `NotFound`."""
    referral = work.referrals.get(referral_id)
    if referral is None:
        raise NotFound("no_such_referral")
    work.partners.pause(referral.actor_id, paused, tools.clock.now())
    refresh_drafts(referral.actor_id, work, tools)
