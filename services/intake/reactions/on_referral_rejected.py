"""Notify told what became of a lead: keep it for the holder's page."""

from services.intake.commands.note_step import note_step
from services.intake.domain.work import Work
from shared.events.referral_rejected import ReferralRejected


def on_referral_rejected(event: ReferralRejected, work: Work) -> None:
    note_step("rejected", event, work)
