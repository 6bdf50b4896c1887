"""Writes down what is on the wire and has no file yet: `python -m tests.contracts.write`. Never changes what is there.

A golden file for every event (and every kind of entry), and a line in `names.txt` for every name that others remember.
"""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from shared.events.catalogue import events
from shared.events.event import Event
from shared.events.streams import STREAMS
from shared.messaging.record import encode
from shared.storage.outbox import Said, stamp
from shared.telemetry.metrics import ALL
from tests.architecture.source import calls
from tests.contracts.samples import sample, variants

HERE = Path(__file__).parent
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def wire(event: Event) -> dict[str, Any]:
    """An event as it goes on the wire, as JSON that a person can read."""
    trace = f"00-{'1' * 32}-{'2' * 16}-01"
    row = Said(1, "0" * 32, event.stream, event.key, event.type, event.sequence, stamp(event.at), trace, event.body())
    record = encode(row, event.type.split(".")[1])
    return {
        "stream": record.stream,
        "key": (record.key or b"").decode(),
        "headers": {name: (value or b"").decode() for name, value in record.headers},
        "body": json.loads(record.body) if record.body else None,
    }


def goldens() -> dict[str, dict[str, Any]]:
    """Every event by the name of its file; one that may hold several kinds has a file for each."""
    found: dict[str, dict[str, Any]] = {}
    for name, event in events().items():
        for number, variant in enumerate(variants(event)):
            said = event.model_validate({**sample(event, prefer=variant), "sequence": 3, "at": AT})
            found[f"{name}{suffix(variant) if number else ''}"] = wire(said)
    return found


def suffix(variant: type[BaseModel] | None) -> str:
    return f"~{variant.model_fields['kind'].default}" if variant else ""


def names() -> set[str]:
    """Every name that somebody else remembers: in an inbox, a log, a broker, a dashboard."""
    reactions = {
        f"reaction {file.parent.name} {keyword.value.value}"
        for file, call in calls("Hears")
        for keyword in call.keywords
        if keyword.arg == "as_" and isinstance(keyword.value, ast.Constant)
    }
    return reactions | {f"stream {name}" for name in STREAMS} | {f"metric {metric.name}" for metric in ALL}


def remembered(folder: Path = HERE) -> set[str]:
    file = folder / "names.txt"
    return set(file.read_text().splitlines()) if file.exists() else set()


def main(folder: Path = HERE) -> None:
    for name, golden in goldens().items():
        file = folder / "golden" / f"{name}.json"
        if not file.exists():
            file.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
            print(f"wrote {file.name}")
    if names() - remembered(folder):
        (folder / "names.txt").write_text("\n".join(sorted(names() | remembered(folder))) + "\n")
        print("wrote names.txt")


if __name__ == "__main__":
    main()
