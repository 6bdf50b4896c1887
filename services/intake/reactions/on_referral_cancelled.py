"""Notify told what became of a lead: keep it for the holder's page."""

from services.intake.commands.note_step import note_step
from services.intake.domain.work import Work
from shared.events.referral_cancelled import ReferralCancelled


def on_referral_cancelled(event: ReferralCancelled, work: Work) -> None:
    note_step("cancelled", event, work)
