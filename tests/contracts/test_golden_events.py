"""Every event that was ever written can be read by the code of today, and says the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.events.catalogue import events
from shared.events.event import Event
from shared.events.streams import STREAMS
from shared.messaging.hears import Hears, Listening
from shared.messaging.record import Record, open_envelope
from tests.contracts import write
from tests.contracts.write import HERE

FILES = sorted((HERE / "golden").glob("*.json"))
SPOKEN = [file for file in FILES if json.loads(file.read_text())["body"] is not None]


def read(kept: dict[str, Any]) -> Event:
    """What a reaction of today is given."""
    headers = tuple((name, value.encode()) for name, value in kept["headers"].items())
    body = None if kept["body"] is None else json.dumps(kept["body"]).encode()
    record = Record(kept["stream"], 0, 1, kept["key"].encode(), headers, body)
    hears = Hears(events()[kept["headers"]["ce_type"]], lambda *_: None, as_="reader")
    return Listening([hears]).read(hears, open_envelope(record))


def of_then(now: Any, then: Any) -> Any:
    """Of what is said now, that which was said then: optional fields added since are left out."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {key: of_then(now[key], value) for key, value in then.items() if key in now}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [of_then(a, b) for a, b in zip(now, then, strict=True)]
    return now


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_written_then_says_the_same_now(file: Path) -> None:
    kept = json.loads(file.read_text())
    event = read(kept)
    said = write.wire(event)
    assert (event.key, event.stream, said["headers"]["ce_sequence"]) == (kept["key"], kept["stream"], "3")
    assert of_then(said["body"], kept["body"]) == kept["body"], "a field was lost or has changed its meaning"
    assert set(kept["headers"]) <= set(said["headers"]), "an attribute is no longer said"


@pytest.mark.parametrize("file", SPOKEN, ids=lambda file: file.stem)
def test_a_field_that_a_newer_release_added_is_ignored(file: Path) -> None:
    def with_more(value: Any) -> Any:
        """The same, with a field more in every object whose fields are ours."""
        if isinstance(value, dict):
            more = {} if "key" in value else {"added_in_a_later_release": {"deep": [1]}}  # a map has keys of its own
            return {**{name: with_more(v) for name, v in value.items()}, **more}
        return [with_more(v) for v in value] if isinstance(value, list) else value

    kept = json.loads(file.read_text())
    assert read({**kept, "body": with_more(kept["body"])}) == read(kept)


def test_every_event_that_can_be_said_has_its_file_and_its_stream() -> None:
    assert {file.stem for file in FILES} >= set(write.goldens()), "run python -m tests.contracts.write"
    assert {event.stream for event in events().values()} == set(STREAMS)


def test_a_type_carries_its_service_and_its_version() -> None:
    for name, event in events().items():
        product, service, _, version = name.split(".")
        assert product == "gort"
        assert version[:1] == "v"
        assert version[1:].isdigit()
        assert event.stream.split(".")[0] == service


def test_the_wire_form_carries_the_attributes_of_cloudevents() -> None:
    for golden in write.goldens().values():
        names = set(golden["headers"])
        assert {"ce_id", "ce_source", "ce_type", "ce_specversion", "ce_time", "ce_sequence", "content-type"} <= names
        assert "traceparent" in names
        assert not {"sequence", "at"} & set(golden["body"] or {}), "attributes travel as headers"


def test_writing_never_changes_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "golden").mkdir()
    write.main(tmp_path)
    files = {file.name: file.read_text() for file in (tmp_path / "golden").iterdir()}
    assert set(files) == {f"{name}.json" for name in write.goldens()}
    for file in (tmp_path / "golden").iterdir():
        file.write_text("as it was said then")
    capsys.readouterr()
    write.main(tmp_path)
    assert capsys.readouterr().out == ""
    assert all(file.read_text() == "as it was said then" for file in (tmp_path / "golden").iterdir())


def test_names_that_others_remember_are_still_there_and_all_written_down() -> None:
    """A reaction by another name would hear everything again; a metric by another name leaves a dashboard empty."""
    assert write.remembered() - write.names() == set(), (
        "never rename; what is retired is taken out of names.txt by hand"
    )
    assert write.names() - write.remembered() == set(), "run python -m tests.contracts.write"
