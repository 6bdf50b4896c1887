"""The result of a run as a picture, without a library."""

from collections.abc import Mapping
from typing import Any

WIDE, HIGH, LEFT = 720, 34, 250


def bars(found: Mapping[str, Any]) -> str:
    """An SVG: ideas a second of each chain, and idle latency of ours."""
    rate = {
        "the arithmetic alone": found["arithmetic_per_s"],
        "bare FastStream chain": found["bare"]["ideas_per_s"],
        "ours, one process, SQLite": found["files"]["ideas_per_s"],
        "ours, four processes, Kafka": found["kafka"]["ideas_per_s"],
    }
    idle = {
        f"{label}, {name}": found[chain]["idle_ms"][f"in_all_{name}"]
        for chain, label in (("files", "SQLite"), ("kafka", "Kafka"))
        for name in ("p50", "p99")
    }
    rows = [*_chart("Ideas a second, from a stored backlog", rate, 0), *_chart("Idle: told to asked, ms", idle, 6)]
    height = HIGH * 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height}" font-family="sans-serif" font-size="14">'
        f'<rect width="{WIDE}" height="{height}" fill="#fff"/>{"".join(rows)}</svg>\n'
    )


def _chart(title: str, values: Mapping[str, float], first: int) -> list[str]:
    most = max(values.values()) or 1
    rows = [f'<text x="8" y="{first * HIGH + 24}" font-weight="bold">{title}</text>']
    for number, (label, value) in enumerate(values.items(), first + 1):
        y, width = number * HIGH, (WIDE - LEFT - 70) * value / most
        rows.append(f'<text x="8" y="{y + 21}">{label}</text>')
        rows.append(f'<rect x="{LEFT}" y="{y + 6}" width="{width:.0f}" height="20" fill="#2b6a4d"/>')
        rows.append(f'<text x="{LEFT + width + 6:.0f}" y="{y + 21}">{value}</text>')
    return rows
