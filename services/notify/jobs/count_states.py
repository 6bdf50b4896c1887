"""Tell the metrics how many referrals and messages there are in each state."""

import asyncio

from services.notify.domain.referral import State
from services.notify.domain.work import Work
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.metrics import ServiceMeters


def count_states(store: Store[Work], meters: ServiceMeters) -> Job:
    def run_once() -> int:
        with store.reading() as work:
            referrals, deliveries = work.referrals.count(), work.deliveries.count()
        for state in State:
            meters.level(metrics.REFERRALS, referrals.get(state, 0), state=str(state))
        for state in ("due", "sending", "failed"):
            meters.level(metrics.DUE, deliveries.get(state, 0), state=state)
        return 0

    async def run() -> int:
        return await asyncio.to_thread(run_once)

    return Job("count-states", run, every=15)
