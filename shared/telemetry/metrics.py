"""Every metric of the platform, once, as data. `Meters` makes them for a process, with a `service` label.

Units stand in the names. Labels are closed sets: never an id, an address or free text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that can be watched: its name, what it is, and which questions it can be split by."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    labels: tuple[str, ...] = ()


IDEAS = Metric("gort_ideas_received_total", "counter", "Ideas taken in, by the channel they came through", ("channel",))
IDEAS_WITHDRAWN = Metric("gort_ideas_withdrawn_total", "counter", "Ideas that their holder took back")
CLASSIFIED = Metric("gort_ideas_classified_total", "counter", "Ideas classified, or abstained on", ("outcome",))
MATCHED = Metric("gort_ideas_matched_total", "counter", "Ideas for which people and money were looked up")
STUMBLED = Metric(
    "gort_ideas_not_assessed_total",
    "counter",
    "Tries to assess an idea that failed: tried again later, or given up and left to a person",
    ("outcome",),
)
REFERRALS = Metric("gort_referrals", "gauge", "Referrals, by the state that they are in", ("state",))
DUE = Metric("gort_deliveries_waiting", "gauge", "Messages to people that are not sent yet, by state", ("state",))
DELIVERIES = Metric("gort_deliveries_total", "counter", "Messages to people, by how it went", ("notifier", "outcome"))
DELIVERIES_UNSURE = Metric(
    "gort_deliveries_unsure_total",
    "counter",
    "Messages sent again without knowing whether they had arrived: may be there twice",
)
ENTRIES = Metric("gort_directory_entries", "gauge", "Entries in the directory, by kind", ("kind",))
EVENTS = Metric("gort_events_total", "counter", "Events heard, by how it went", ("stream", "outcome"))
HANDLING = Metric("gort_event_handling_seconds", "histogram", "Time to digest one batch of events", ("stream",))
RETRIES = Metric("gort_event_retries_total", "counter", "Events tried again after a passing fault", ("stream",))
PARKED = Metric("gort_parked_events", "gauge", "Events put aside that wait for an operator")
HELD = Metric(
    "gort_consuming_stopped", "gauge", "1 while a stream is not read because too much went wrong", ("stream",)
)
OUTBOX = Metric("gort_outbox_events", "gauge", "Events that are kept in the outbox", ("stream",))
JOBS = Metric("gort_job_runs_total", "counter", "Runs of recurring duties, by how it went", ("job", "outcome"))
REQUESTS = Metric("gort_http_requests_total", "counter", "Requests answered", ("route", "method", "status"))
REQUEST_TIME = Metric("gort_http_request_seconds", "histogram", "Time to answer a request", ("route",))

ALL = tuple(m for m in list(globals().values()) if isinstance(m, Metric))

_MAKERS = {"counter": Counter, "gauge": Gauge}


class Meters:
    """The metrics of one process. Give each service its own view with `of`."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._made: Mapping[str, Counter | Gauge | Histogram] = {m.name: self._make(m) for m in ALL}

    def _make(self, metric: Metric) -> Counter | Gauge | Histogram:
        labels = ("service", *metric.labels)
        if metric.kind == "histogram":
            return Histogram(metric.name, metric.help, labels, registry=self.registry, buckets=SECONDS)
        return _MAKERS[metric.kind](metric.name, metric.help, labels, registry=self.registry)

    def of(self, service: str) -> "ServiceMeters":
        return ServiceMeters(service, self._made)


@dataclass(frozen=True, slots=True)
class ServiceMeters:
    """One service's view of the metrics."""

    service: str
    made: Mapping[str, Counter | Gauge | Histogram]

    def count(self, metric: Metric, amount: float = 1, **labels: str) -> None:
        made = self.made[metric.name].labels(service=self.service, **labels)
        assert isinstance(made, Counter)
        made.inc(amount)

    def level(self, metric: Metric, value: float, **labels: str) -> None:
        made = self.made[metric.name].labels(service=self.service, **labels)
        assert isinstance(made, Gauge)
        made.set(value)

    def took(self, metric: Metric, seconds: float, **labels: str) -> None:
        made = self.made[metric.name].labels(service=self.service, **labels)
        assert isinstance(made, Histogram)
        made.observe(seconds)
