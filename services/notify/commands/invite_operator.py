"""A one-time link by which an operator signs in: used once, within half an hour. Only its fingerprint is kept."""

import secrets
from datetime import timedelta

from services.notify.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.keys import fingerprint

VALID = timedelta(minutes=30)


def invite_operator(operator: str, name: str, work: Work, clock: Clock) -> str:
    """The token of a new invitation: 32 hex digits."""
    token = secrets.token_hex(16)
    now = clock.now()
    work.desk.invite(fingerprint(token), operator, name, now, now + VALID)
    return token


def admit_operator(token: str, work: Work, clock: Clock) -> tuple[str, str] | None:
    """(id, name) of the operator whose unused invitation this is; it cannot be used again."""
    return work.desk.admit(fingerprint(token), clock.now())
