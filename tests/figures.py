"""What the dashboards should say, counted anew from the stores: from what was said, not from the tables that figures use."""

from collections import Counter

from sqlalchemy import select

from deploy.counting import CLASSIFIED, MATCHED, RECEIVED
from shared.events.idea_classified import IdeaClassified
from shared.events.idea_received import IdeaReceived
from shared.kernel.clock import SystemClock
from shared.runtime.service import Service
from shared.storage.tables import outbox
from tests.prometheus import Prometheus

ANSWERS = ("gort.notify.referral-accepted.v1", "gort.notify.referral-rejected.v1")


def compared(prometheus: Prometheus, built: dict[str, Service]) -> list[tuple[str, object, object]]:
    """(figure, as Prometheus has it, as the stores have it), one by one."""
    said = [row for service in built.values() for row in _said(service)]
    received = [row for row in said if row.type == RECEIVED]
    channels = Counter(
        IdeaReceived.read(row.body, key=row.key, sequence=1, at=SystemClock().now()).channel for row in received
    )
    latest = {row.key: row for row in said if row.type == CLASSIFIED}
    opinions = [IdeaClassified.read(r.body, key=k, sequence=1, at=SystemClock().now()) for k, r in latest.items()]
    challenges = Counter(o.labels[0].challenge if o.labels and not o.abstained else "none" for o in opinions)
    places = Counter(o.municipalities[0] for o in opinions if o.municipalities)
    with built["notify"].store.reading() as work:
        referrals, deliveries = work.referrals.count(), work.deliveries.count()
    rows: list[tuple[str, object, object]] = [
        ("ideas by channel", prometheus.by("channel", "max by (channel) (gort_ideas_received_total)"), dict(channels)),
        (
            "matched",
            prometheus.number("max(gort_idea_to_match_seconds_count)"),
            len({r.key for r in said if r.type == MATCHED}),
        ),
        (
            "answered",
            prometheus.number("max(gort_idea_to_first_answer_seconds_count)"),
            len({r.key for r in said if r.type in ANSWERS}),
        ),
        ("by challenge", prometheus.by("challenge", "max by (challenge) (gort_ideas_by_challenge)"), dict(challenges)),
        (
            "by municipality",
            prometheus.by("municipality", "max by (municipality) (gort_ideas_by_municipality)"),
            dict(places),
        ),
        ("referrals by state", _some(prometheus.by("state", "max by (state) (gort_referrals)")), dict(referrals)),
        (
            "messages waiting",
            sum(prometheus.by("state", "max by (state) (gort_deliveries_waiting)").values()),
            sum(deliveries.get(s, 0) for s in ("due", "sending", "failed")),
        ),
        ("parked", prometheus.number("sum(max by (service) (gort_parked_events))"), 0),
        ("lag", prometheus.number("sum(gort_consumer_lag_events)"), 0),
        ("not in Kafka yet", prometheus.number("sum(max by (service) (gort_outbox_waiting_events))"), 0),
    ]
    return rows


def _some(found: dict[str, float]) -> dict[str, float]:
    return {state: count for state, count in found.items() if count}


def _said(service: Service) -> list[object]:
    with service.store.database.reading() as connection:
        return list(connection.execute(select(outbox).order_by(outbox.c.position)))
