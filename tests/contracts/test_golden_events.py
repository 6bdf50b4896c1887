"""Every event that was ever written can be read by the code of today."""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.events.catalogue import events
from shared.events.streams import STREAMS
from shared.messaging.hears import Hears, Listening
from shared.messaging.record import Record, encode, open_envelope
from shared.storage.outbox import Said
from tests.contracts.write import GOLDEN

FILES = sorted(GOLDEN.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_written_then_says_the_same_now(file: Path) -> None:
    kept = json.loads(file.read_text())
    hears = Hears(events()[kept["headers"]["ce_type"]], lambda *_: None, as_="reader")
    event = Listening([hears]).read(hears, open_envelope(record(kept)))
    assert event.key == kept["key"]
    again = json.loads(event.body() or b"null")
    assert without_new_fields(again, kept["body"]) == kept["body"], "a field was lost or has changed its meaning"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_field_that_a_newer_release_added_is_ignored(file: Path) -> None:
    kept = json.loads(file.read_text())
    if kept["body"] is None:
        pytest.skip("a tombstone has no body")
    kept["body"]["added_in_a_later_release"] = {"deep": [1]}
    hears = Hears(events()[kept["headers"]["ce_type"]], lambda *_: None, as_="reader")
    assert Listening([hears]).read(hears, open_envelope(record(kept))).key == kept["key"]


def test_every_event_has_a_golden_file_and_a_stream() -> None:
    assert {file.stem for file in FILES} >= set(events()), "run python -m tests.contracts.write"
    assert {event.stream for event in events().values()} == set(STREAMS)


def test_the_wire_form_carries_the_attributes_of_cloudevents() -> None:
    row = Said(9, "id", "intake.ideas", "key", "type", 4, "2026-11-24T12:00:00.000000Z", "00-1-2-01", b"{}")
    names = {name for name, _ in encode(row, "intake").headers}
    assert {"ce_id", "ce_source", "ce_type", "ce_specversion", "ce_time", "ce_sequence", "content-type"} <= names
    assert "traceparent" in names


def record(kept: dict[str, Any]) -> Record:
    headers = tuple((name, value.encode()) for name, value in kept["headers"].items())
    body = None if kept["body"] is None else json.dumps(kept["body"]).encode()
    return Record(kept["stream"], 0, 1, kept["key"].encode(), headers, body)


def without_new_fields(now: Any, then: Any) -> Any:
    """What is said now, of all that was said then: fields added since are left out."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {key: without_new_fields(now[key], value) for key, value in then.items() if key in now}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [without_new_fields(a, b) for a, b in zip(now, then, strict=True)]
    return now
