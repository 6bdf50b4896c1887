"""Notify told what became of a lead: keep it for the holder's page."""

from services.intake.commands.note_step import note_step
from services.intake.domain.work import Work
from shared.events.referral_reopened import ReferralReopened


def on_referral_reopened(event: ReferralReopened, work: Work) -> None:
    note_step("reopened", event, work)
