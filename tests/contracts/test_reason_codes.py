"""Codes travel, sentences are made where they are shown: every code that matching can say has its sentences."""

from services.intake.web import sentences as intake
from services.matching.domain.conditions import CODES as CONDITIONS
from services.matching.domain.reasons import CODES as REASONS
from services.matching.web import sentences as matching
from services.notify.domain.referral import REASONS as NO_REASONS
from services.notify.web import sentences as notify


def test_every_reason_can_be_said_to_the_holder_the_partner_and_the_operator() -> None:
    assert set(REASONS) == set(intake.REASONS) == set(notify.WHY_YOU)
    assert set(REASONS) - set(intake.MONEY_REASONS) <= {"open_door"}  # said of actors alone
    assert set(REASONS) | set(CONDITIONS) <= set(matching.SENTENCES)


def test_every_condition_can_be_said_to_the_holder() -> None:
    assert set(CONDITIONS) == set(intake.STEPS)


def test_every_no_can_be_said_to_the_holder() -> None:
    assert set(NO_REASONS) == set(intake.WHY_NOT)


def test_sentences_use_the_parameters_that_their_codes_carry() -> None:
    for codes, sentences in ((REASONS, intake.REASONS), (CONDITIONS, intake.STEPS), (REASONS, notify.WHY_YOU)):
        for code, params in codes.items():
            assert all(f"{{{param}}}" in sentences[code] for param in params), code
