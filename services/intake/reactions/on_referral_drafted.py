"""Notify told what became of a lead: keep it for the holder's page."""

from services.intake.commands.note_step import note_step
from services.intake.domain.work import Work
from shared.events.referral_drafted import ReferralDrafted


def on_referral_drafted(event: ReferralDrafted, work: Work) -> None:
    note_step("drafted", event, work)
