"""Grafana's dashboards, from a few lines a panel: what the region follows up, how the services are, how Kafka is.

Figures read from a database are the same in every replica: `max by`. Counters of a process begin anew with it: the `sum` of
what they rose by.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SOURCE = {"type": "prometheus", "uid": "prometheus"}
WIDE, HIGH = 8, 8  # grid units: three panels a row
DAYS = "86400"


@dataclass(frozen=True, slots=True)
class Panel:
    """One question. `kind` is Grafana's panel type; `legend` names each line by its labels."""

    title: str
    query: str
    kind: str = "timeseries"
    unit: str = "short"
    legend: str = "__auto"
    about: str = ""


REGION = (
    Panel("Idéer som kommit in", "sum(max by (channel) (gort_ideas_received_total))", "stat"),
    Panel("Idéer per väg in", "max by (channel) (gort_ideas_received_total)", "bargauge", legend="{{channel}}"),
    Panel("Tagna tillbaka", "max(gort_ideas_withdrawn_total)", "stat"),
    Panel("Idéer per utmaning", "max by (challenge) (gort_ideas_by_challenge)", "bargauge", legend="{{challenge}}",
          about="Idéns främsta utmaning. none: en människa behöver läsa."),
    Panel("Idéer per kommun", "max by (municipality) (gort_ideas_by_municipality)", "bargauge", legend="{{municipality}}",
          about="Kommunkod enligt SCB. Idéer vars plats ingen vet räknas inte."),
    Panel("Förfrågningar per läge", "max by (state) (gort_referrals)", "bargauge", legend="{{state}}"),
    Panel("Ja av alla svar",
          'max(gort_referrals{state="accepted"}) / clamp_min(max(gort_referrals{state="accepted"}) + '
          'max(gort_referrals{state="rejected"}), 1)', "stat", "percentunit"),
    Panel("Medeltid till första svar",
          "max(gort_idea_to_first_answer_seconds_sum) / clamp_min(max(gort_idea_to_first_answer_seconds_count), 1)",
          "stat", "s"),
    Panel("Svar inom en vecka",
          'max(gort_idea_to_first_answer_seconds_bucket{le="604800.0"}) / '
          "clamp_min(max(gort_idea_to_first_answer_seconds_count), 1)", "stat", "percentunit"),
    Panel("Försenat", "max by (owner) (gort_referrals_overdue)", "bargauge", legend="{{owner}}"),
    Panel("Poster i registret", "max by (kind) (gort_directory_entries)", "bargauge", legend="{{kind}}"),
    Panel("Ej kontrollerade poster", "max by (kind) (gort_directory_unverified_entries)", "bargauge", legend="{{kind}}"),
    Panel("Äldsta granskning", f"max by (kind) (gort_directory_oldest_review_age_seconds) / {DAYS}", "bargauge", "d",
          "{{kind}}"),
)  # fmt: skip
SERVICES = (
    Panel("Ready", "gort_ready", unit="bool", legend="{{instance}}"),
    Panel("Ideas waiting to be matched", "max(gort_ideas_waiting)"),
    Panel("Oldest waiting idea", "max(gort_ideas_oldest_waiting_seconds)", unit="s"),
    Panel("Matched within a minute",
          'max(gort_idea_to_match_seconds_bucket{le="60.0"}) / clamp_min(max(gort_idea_to_match_seconds_count), 1)',
          "stat", "percentunit"),
    Panel("Ideas matched", "max(gort_idea_to_match_seconds_count)", "stat"),
    Panel("Classified or abstained, last day", "sum by (outcome) (increase(gort_ideas_classified_total[1d]))",
          legend="{{outcome}}"),
    Panel("Messages waiting", "max by (state) (gort_deliveries_waiting)", legend="{{state}}"),
    Panel("Latest message is late by", "max(gort_deliveries_oldest_due_seconds)", unit="s"),
    Panel("Outgoing paused", "max(gort_outgoing_paused)", unit="bool"),
    Panel("Attempts to send, last day", "sum by (notifier, outcome) (increase(gort_deliveries_total[1d]))",
          legend="{{notifier}} {{outcome}}"),
    Panel("Parked events", "max by (service) (gort_parked_events)", legend="{{service}}"),
    Panel("Consuming stopped", "max by (service, stream) (gort_consuming_stopped)", legend="{{service}} {{stream}}"),
    Panel("Events heard", "sum by (service, outcome) (rate(gort_events_total[5m]))", unit="ops",
          legend="{{service}} {{outcome}}"),
    Panel("Batch handling p95",
          "histogram_quantile(0.95, sum by (service, le) (rate(gort_event_handling_seconds_bucket[5m])))", unit="s",
          legend="{{service}}"),
    Panel("Requests", "sum by (status) (rate(gort_http_requests_total[5m]))", unit="reqps", legend="{{status}}"),
    Panel("Request time p95",
          "histogram_quantile(0.95, sum by (route, le) (rate(gort_http_request_seconds_bucket[5m])))", unit="s",
          legend="{{route}}"),
    Panel("Duties", "sum by (service, job, outcome) (rate(gort_job_runs_total[5m]))", unit="ops",
          legend="{{service}} {{job}} {{outcome}}"),
    Panel("Disk free", "min by (folder) (gort_disk_free_ratio)", "stat", "percentunit", "{{folder}}"),
    Panel("Figures unreadable", "max by (service) (gort_figures_unreadable)", unit="bool", legend="{{service}}"),
)  # fmt: skip
KAFKA = (
    Panel("Consumer lag", "sum by (service, stream) (gort_consumer_lag_events)", legend="{{service}} {{stream}}"),
    Panel("Said, not in Kafka yet", "max by (service) (gort_outbox_waiting_events)", legend="{{service}}"),
    Panel("Oldest that Kafka lacks", "max by (service) (gort_outbox_oldest_waiting_seconds)", unit="s",
          legend="{{service}}"),
    Panel("Outbox", "max by (service, stream) (gort_outbox_events)", legend="{{service}} {{stream}}"),
    Panel("Heard by stream", "sum by (stream) (rate(gort_events_total[5m]))", unit="ops", legend="{{stream}}"),
    Panel("Heard again, last day", 'sum by (service) (increase(gort_events_total{outcome="again"}[1d]))',
          legend="{{service}}", about="Delivered twice, as at-least-once means; the second time did nothing."),
)  # fmt: skip
DASHBOARDS: Mapping[str, tuple[str, Sequence[Panel]]] = {
    "region": ("Idéerna och svaren", REGION),
    "services": ("The services", SERVICES),
    "kafka": ("Kafka", KAFKA),
}


def dashboard(name: str) -> str:
    """One dashboard as Grafana reads it."""
    title, panels = DASHBOARDS[name]
    shown = {
        "uid": f"gort-{name}",
        "title": title,
        "tags": ["gort"],
        "timezone": "browser",
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "schemaVersion": 41,
        "panels": [_panel(number, panel) for number, panel in enumerate(panels)],
    }
    return json.dumps(shown, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _panel(number: int, panel: Panel) -> dict[str, object]:
    return {
        "id": number + 1,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.about,
        "datasource": SOURCE,
        "gridPos": {"x": number % 3 * WIDE, "y": number // 3 * HIGH, "w": WIDE, "h": HIGH},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {
                "refId": "A",
                "datasource": SOURCE,
                "expr": panel.query,
                "legendFormat": panel.legend,
                "instant": panel.kind != "timeseries",
            }
        ],
    }
