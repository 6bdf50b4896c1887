"""Every metric of the platform, once, as data. `meters.py` makes them for a process, with a `service` label.

Units stand in the names. Labels are closed sets: never an id, an address or free text. A `stored` one is read from the
service's database when it is asked for: it survives a kill, and is the same whichever replica answers (take the maximum
over replicas, never the sum). The others are counted in the process and begin anew with it.
"""

from dataclasses import dataclass
from typing import Literal

PATIENT = (1, 5, 30, 60, 300, 3600, 4 * 3600, 86400, 3 * 86400, 7 * 86400, 14 * 86400, 30 * 86400)  # s: people's time


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that can be watched: its name, what it is, and which questions it can be split by."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    labels: tuple[str, ...] = ()
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a stored metric. A histogram's `value` is the sum, and `below` how many lie at or under each of
    `PATIENT`, then all of them.
    """

    metric: Metric
    value: float
    labels: tuple[str, ...] = ()
    below: tuple[int, ...] = ()


# What happens to ideas
IDEAS = Metric(
    "gort_ideas_received_total",
    "counter",
    "Ideas taken in, by the channel they came through",
    ("channel",),
    stored=True,
)
IDEAS_WITHDRAWN = Metric(
    "gort_ideas_withdrawn_total",
    "counter",
    "Ideas that their holder took back",
    stored=True,
)
CLASSIFIED = Metric(
    "gort_ideas_classified_total",
    "counter",
    "Ideas classified, or abstained on for a person to read",
    ("outcome",),
)
MATCHED = Metric(
    "gort_ideas_matched_total",
    "counter",
    "Ideas for which people and money were looked up",
)
STUMBLED = Metric(
    "gort_ideas_not_assessed_total",
    "counter",
    "Ideas that could not be assessed and were set aside, to be tried again or given to a person",
    ("outcome",),
)
CHALLENGES = Metric(
    "gort_ideas_by_challenge",
    "gauge",
    "Ideas by their first challenge, as classified now; none: nobody could tell",
    ("challenge",),
    stored=True,
)
MUNICIPALITIES = Metric(
    "gort_ideas_by_municipality",
    "gauge",
    "Ideas by where they live, as far as it is known",
    ("municipality",),
    stored=True,
)
WAITING = Metric(
    "gort_ideas_waiting",
    "gauge",
    "Ideas that are told and not matched yet: as intake knows it, and as matching does",
    stored=True,
)
WAITING_AGE = Metric(
    "gort_ideas_oldest_waiting_seconds",
    "gauge",
    "How long the idea has waited that waits the longest to be matched",
    stored=True,
)
TO_MATCH = Metric(
    "gort_idea_to_match_seconds", "histogram", "From an idea that came in to its first match", stored=True
)
TO_ANSWER = Metric(
    "gort_idea_to_first_answer_seconds",
    "histogram",
    "From an idea that came in to the first answer of a partner, yes or no",
    stored=True,
)

# What happens to referrals and messages
REFERRALS = Metric(
    "gort_referrals",
    "gauge",
    "Referrals, by the state that they are in",
    ("state",),
    stored=True,
)
OVERDUE = Metric(
    "gort_referrals_overdue",
    "gauge",
    "Referrals whose day to act has passed, by whose turn it is; with operators, calls that have waited for a day",
    ("owner",),
    stored=True,
)
DUE = Metric(
    "gort_deliveries_waiting", "gauge", "Messages to people that are not sent yet, by state", ("state",), stored=True
)
DUE_AGE = Metric(
    "gort_deliveries_oldest_due_seconds",
    "gauge",
    "How long the message is late that is the latest; 0 while paused",
    stored=True,
)
PAUSED = Metric(
    "gort_outgoing_paused",
    "gauge",
    "1 while an operator has paused all outgoing messages",
    stored=True,
)
DELIVERIES = Metric(
    "gort_deliveries_total",
    "counter",
    "Attempts to send a message to a person, by how it went",
    ("notifier", "outcome"),
)
DELIVERIES_UNSURE = Metric(
    "gort_deliveries_unsure_total",
    "counter",
    "Messages sent again without knowing whether they had arrived: may be there twice",
)

# The directory
ENTRIES = Metric(
    "gort_directory_entries",
    "gauge",
    "Entries in the directory, by kind",
    ("kind",),
    stored=True,
)
UNVERIFIED = Metric(
    "gort_directory_unverified_entries",
    "gauge",
    "Entries that nobody has checked against their source",
    ("kind",),
    stored=True,
)
REVIEWED = Metric(
    "gort_directory_oldest_review_age_seconds",
    "gauge",
    "Time since the review of the entry that waits longest",
    ("kind",),
    stored=True,
)
PACK_DEFECTS = Metric(
    "gort_pack_defects", "gauge", "Defects of the region pack when it was last read; above 0 an older one is shown"
)

# The event spine
EVENTS = Metric("gort_events_total", "counter", "Events heard, by how it went", ("stream", "outcome"))
HANDLING = Metric("gort_event_handling_seconds", "histogram", "Time to digest one batch of events", ("stream",))
RETRIES = Metric("gort_event_retries_total", "counter", "Events tried again after a passing fault", ("stream",))
PARKED = Metric(
    "gort_parked_events",
    "gauge",
    "Events put aside that wait for an operator",
    stored=True,
)
HELD = Metric(
    "gort_consuming_stopped", "gauge", "1 while a stream is not read because too much went wrong", ("stream",)
)
OUTBOX = Metric(
    "gort_outbox_events",
    "gauge",
    "Events that are kept in the outbox",
    ("stream",),
    stored=True,
)
UNRELAYED = Metric(
    "gort_outbox_waiting_events",
    "gauge",
    "Events said that Kafka does not have yet",
    stored=True,
)
UNRELAYED_AGE = Metric(
    "gort_outbox_oldest_waiting_seconds",
    "gauge",
    "How long the event has waited for Kafka that waits the longest",
    stored=True,
)
LAG = Metric(
    "gort_consumer_lag_events",
    "gauge",
    "Events on a stream that this process has still to hear",
    ("stream",),
    stored=True,
)

# The process
READY = Metric("gort_ready", "gauge", "1 when work can be taken on; 0: /health/ready says why", stored=True)
DISK = Metric(
    "gort_disk_free_ratio",
    "gauge",
    "Share of the disk under a watched folder that is free",
    ("folder",),
    stored=True,
)
UNREADABLE = Metric(
    "gort_figures_unreadable",
    "gauge",
    "1 while a service's figures cannot be read from its database",
    stored=True,
)
JOBS = Metric("gort_job_runs_total", "counter", "Runs of recurring duties, by how it went", ("job", "outcome"))
REQUESTS = Metric("gort_http_requests_total", "counter", "Requests answered", ("route", "method", "status"))
REQUEST_TIME = Metric("gort_http_request_seconds", "histogram", "Time to answer a request", ("route",))

ALL = tuple(m for m in list(globals().values()) if isinstance(m, Metric))
