"""Each alert is played by promtool to the point where it fires, and to one where it must not; each has its chapter."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.telemetry.metrics import ALL
from tests.servers import needed_program

RULES = Path("deploy/prometheus/alerts.yml")
RUNBOOK = Path("docs/runbook.md")

# alert, and a word about the case -> (series that make it fire, the same when all is well, minutes to play);
# a value a minute, as promtool writes it
Case = tuple[dict[str, str], dict[str, str], int]
CASES: dict[str, Case] = {
    "IdeasNotMatched": (
        {'gort_ideas_oldest_waiting_seconds{service="matching"}': "0+60x10"},
        {'gort_ideas_oldest_waiting_seconds{service="matching"}': "0 60 120 180 240 0 60 120 180 240 0"},
        10,
    ),
    "AnswersLate": (
        {'gort_referrals_overdue{owner="operator"}': "2x800"},
        {'gort_referrals_overdue{owner="operator"}': "2x300 0x500", 'gort_referrals_overdue{owner="partner"}': "0x500 9x300"},
        800,
    ),
    "AnswersLate of a partner": (
        {'gort_referrals_overdue{owner="operator"}': "0x800", 'gort_referrals_overdue{owner="partner"}': "1x800"},
        {'gort_referrals_overdue{owner="partner"}': "1x700 0x100"},
        800,
    ),
    "MessagesNotDelivered": (
        {"gort_deliveries_oldest_due_seconds": "0+60x20"},
        {"gort_deliveries_oldest_due_seconds": "0+60x10 0x10"},
        20,
    ),
    "MailFailing": (
        {'gort_deliveries_total{outcome="sent"}': "0+3x30", 'gort_deliveries_total{outcome="later"}': "0+2x30"},
        {'gort_deliveries_total{outcome="sent"}': "0+30x30", 'gort_deliveries_total{outcome="later"}': "0+2x30"},
        30,
    ),
    "MailFailing at night": (  # two messages that nobody takes; one that a server puts off, and hardly any other
        {'gort_deliveries_total{outcome="later"}': "0x5 8 10 12 12 12 14x9", 'gort_deliveries_total{outcome="sent"}': "0x20"},
        {'gort_deliveries_total{outcome="later"}': "0x5 4 5 6 6 6 7x5 8x4", 'gort_deliveries_total{outcome="sent"}': "0x9 1"},
        15,
    ),
    "MessagesGivenUp": (
        {'gort_deliveries_waiting{state="failed"}': "1x20"},
        {'gort_deliveries_waiting{state="failed"}': "1x5 0x15", 'gort_deliveries_waiting{state="due"}': "7x20"},
        20,
    ),
    "OutgoingPausedLong": ({"gort_outgoing_paused": "1x1500"}, {"gort_outgoing_paused": "1x700 0x800"}, 1500),
    "ParkedGrowing": (
        {'gort_parked_events{service="notify"}': "0x15 0+1x15"},
        {'gort_parked_events{service="notify"}': "3x30"},
        30,
    ),
    "ParkedForgotten": (
        {'gort_parked_events{service="notify"}': "1x1500"},
        {'gort_parked_events{service="notify"}': "1x700 0x800"},
        1500,
    ),
    "ConsumingStopped": (
        {'gort_consuming_stopped{service="notify",stream="intake.ideas"}': "1x5"},
        {'gort_consuming_stopped{service="notify",stream="intake.ideas"}': "0 1 0 0 0"},
        4,
    ),
    "HearingLate": (
        {'gort_consumer_lag_events{service="notify",stream="s",instance="a"}': "0x5 3x25"},
        {'gort_consumer_lag_events{service="notify",stream="s",instance="a"}': "0x5 5000x6 0 900x6 0 40x6 0x10"},
        30,
    ),
    "TellingLate": (
        {'gort_outbox_oldest_waiting_seconds{service="intake"}': "0+60x10"},
        {'gort_outbox_oldest_waiting_seconds{service="intake"}': "0 60 120 0 0 60 0 0 0 0"},
        9,
    ),
    "ServiceDown": (
        {'up{job="gort",instance="notify-1:8000"}': "1 0x4"},
        {'up{job="gort",instance="notify-1:8000"}': "1 0 1 0 1", 'up{job="other"}': "0x5"},
        4,
    ),
    "ServiceNotReady": ({'gort_ready{instance="a"}': "0x6"}, {'gort_ready{instance="a"}': "0x2 1x4"}, 5),
    "FiguresUnreadable": (
        {'gort_figures_unreadable{service="notify"}': "1x8", 'gort_figures_unreadable{service="intake"}': "0x8"},
        {'gort_figures_unreadable{service="notify"}': "1x3 0x5"},
        8,
    ),
    "DiskNearlyFull": ({"gort_disk_free_ratio": "0.05x10"}, {"gort_disk_free_ratio": "0.3x10"}, 9),
    "PagesFailing": (
        {'gort_http_requests_total{status="200"}': "0+9x15", 'gort_http_requests_total{status="500"}': "0+1x15"},
        {'gort_http_requests_total{status="200"}': "0+99x15", 'gort_http_requests_total{status="404"}': "0+9x15"},
        15,
    ),
    "DirectoryRefused": (
        {"gort_pack_defects": "1x40"},
        {"gort_pack_defects": "1x20 0x20"},
        39,
    ),
}  # fmt: skip


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


@pytest.mark.parametrize("case", CASES)
def test_an_alert_fires_when_people_feel_it_and_only_then(case: str, tmp_path: Path) -> None:
    promtool = needed_program("promtool", "install Prometheus (Debian: prometheus)")
    alert, (fires, silent, minutes) = case.split(maxsplit=1)[0], CASES[case]
    shutil.copy(RULES, tmp_path)

    def played(series: dict[str, str], firing: bool) -> dict[str, Any]:
        return {
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "promql_expr_test": [
                {
                    "expr": f'count(ALERTS{{alertname="{alert}", alertstate="firing"}}) or vector(0)',
                    "eval_time": f"{minutes}m",
                    "exp_samples": [{"labels": "{}", "value": int(firing)}],
                }
            ],
        }

    test = {
        "rule_files": [RULES.name],
        "evaluation_interval": "1m",
        "tests": [played(fires, True), played(silent, False)],
    }
    (tmp_path / "test.yml").write_text(yaml.safe_dump(test))
    done = subprocess.run([promtool, "test", "rules", "test.yml"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_played_and_has_a_chapter_that_says_what_to_do() -> None:
    assert {rule["alert"] for rule in rules()} == {case.split()[0] for case in CASES}
    chapters = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", RUNBOOK.read_text(), re.M | re.S))
    for rule in rules():
        assert rule["annotations"]["runbook_url"] == f"{RUNBOOK}#{rule['alert'].lower()}"
        for part in ("**Means.**", "**Look.**", "**Do.**"):
            assert part in chapters[rule["alert"]], f"{rule['alert']} lacks {part}"


def test_alerts_ask_only_for_metrics_that_there_are() -> None:
    declared = {metric.name for metric in ALL}
    for rule in rules():
        assert set(re.findall(r"\bgort_\w+", rule["expr"])) <= declared, rule["alert"]
