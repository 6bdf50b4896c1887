"""Remember one thing that notify told of a lead, for the holder's timeline."""

from services.intake.domain.progress import Step
from services.intake.domain.work import Work
from shared.events.referral_accepted import ReferralAccepted
from shared.events.referral_cancelled import ReferralCancelled
from shared.events.referral_drafted import ReferralDrafted
from shared.events.referral_rejected import ReferralRejected
from shared.events.referral_reopened import ReferralReopened
from shared.events.referral_requested import ReferralRequested

Told = ReferralDrafted | ReferralRequested | ReferralAccepted | ReferralRejected | ReferralCancelled | ReferralReopened
KNOWN = {"idea_id", "referral_id", "actor_id", "actor_name"}


def note_step(kind: str, event: Told, work: Work) -> None:
    """Once per sequence of the idea's referrals. Of an idea that is withdrawn, only who was shown what."""
    idea = work.ideas.get(event.idea_id)
    if idea is None:
        return
    params = event.model_dump(mode="json", exclude=KNOWN)
    step = Step(event.sequence, kind, event.at, event.referral_id, event.actor_id, event.actor_name, params)
    if kept := step if idea.told else step.bare():
        work.follow.step(event.idea_id, kept)
