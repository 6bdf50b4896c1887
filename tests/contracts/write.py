"""Writes a golden file for every event that has none: `python -m tests.contracts.write`. Never changes one that is there."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from shared.events.catalogue import events
from shared.events.event import Event
from shared.messaging.record import encode
from shared.storage.outbox import Said

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def sample(kind: Any, name: str = "") -> Any:
    """A plausible value of a type: every field filled, so that a reader that loses one is found out."""
    origin, arguments = get_origin(kind), get_args(kind)
    if hasattr(kind, "__supertype__"):
        return sample(kind.__supertype__, name)
    if origin in (Union, UnionType):
        return sample(next(a for a in arguments if a is not type(None)), name)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return (sample(arguments[0], name),)
    if origin is dict:
        return {"key": sample(arguments[1], name)}
    if origin is not None and arguments:  # Annotated
        return sample(arguments[0], name)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        values = {n: sample(f.annotation, n) for n, f in kind.model_fields.items() if n not in ("sequence", "at")}
        return kind.model_validate(values) if not issubclass(kind, Event) else values
    plain: dict[Any, Any] = {str: f"{name} å", int: 7, float: 0.5, bool: True, date: date(2026, 12, 4)}
    return plain[kind]


def golden(event: type[Event]) -> dict[str, Any]:
    """An event as it goes on the wire, as JSON that a person can read."""
    values = sample(event)
    said = event.model_validate({**values, "sequence": 3, "at": AT})
    row = Said(
        1,
        "0" * 32,
        said.stream,
        said.key,
        said.type,
        3,
        "2026-11-24T12:00:00.000000Z",
        f"00-{'1' * 32}-{'2' * 16}-01",
        said.body(),
    )
    record = encode(row, said.type.split(".")[1])
    return {
        "stream": record.stream,
        "key": (record.key or b"").decode(),
        "headers": {name: (value or b"").decode() for name, value in record.headers},
        "body": json.loads(record.body) if record.body else None,
    }


def main() -> None:
    for name, event in events().items():
        file = GOLDEN / f"{name}.json"
        if not file.exists():
            file.write_text(json.dumps(golden(event), indent=1, ensure_ascii=False) + "\n")
            print(f"wrote {file.name}")


if __name__ == "__main__":
    main()
