"""The holder lets partners read the idea: what waited for that goes on, as if it had been said at the start."""

from dataclasses import replace

from services.notify.commands.hear_idea import case_of
from services.notify.commands.learn_entry import refresh_draft
from services.notify.commands.plan_referrals import plan_again
from services.notify.domain.case import HOLDER
from services.notify.domain.referral import State
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from shared.kernel.ids import IdeaId


def hear_consent(idea_id: IdeaId, work: Work, tools: Tools) -> None:
    """The rules ask whom they would have asked; where an operator has decided, a draft shows what is left to do."""
    case = case_of(idea_id, work)
    if case.withdrawn_at is not None:
        return
    work.cases.put(replace(case, consent_by=HOLDER))
    plan_again(idea_id, work, tools)
    for referral in work.referrals.of(idea_id):
        if referral.state is State.DRAFT:
            refresh_draft(referral, work, tools)
