"""How many referrals and messages there are in each state, and how late the latest is."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.notify.domain.referral import State
from services.notify.domain.work import Work
from shared.telemetry.metrics import DUE, DUE_AGE, OVERDUE, PAUSED, REFERRALS, Figure

OWNERS = ("operator", "partner")
CALL_WITHIN = timedelta(days=1)


def figures(work: Work, now: datetime) -> Iterable[Figure]:
    referrals, overdue = work.referrals.count(), work.referrals.overdue(now.date())
    deliveries, paused = work.deliveries.count(), work.desk.paused() is not None
    late = work.deliveries.oldest_due()
    calls = sum(call.since < now - CALL_WITHIN for call in work.desk.calls())
    for state in State:
        yield Figure(REFERRALS, referrals.get(state, 0), (str(state),))
    for owner in OWNERS:
        yield Figure(OVERDUE, overdue.get(owner, 0) + (calls if owner == "operator" else 0), (owner,))
    for state in ("due", "sending", "failed"):
        yield Figure(DUE, deliveries.get(state, 0), (state,))
    yield Figure(DUE_AGE, 0 if paused or late is None else (now - late).total_seconds())
    yield Figure(PAUSED, int(paused))
