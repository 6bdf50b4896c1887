"""The AsyncAPI document: valid by the official schema (npm @asyncapi/specs 6.11.1, Apache-2.0), and it has every event."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from deploy.asyncapi import asyncapi
from deploy.flow import heard_by, said_by
from shared.events.catalogue import events

DOCUMENT = Path("docs/asyncapi.yaml")
SCHEMA = Path(__file__).parent / "asyncapi-3.0.0.schema.json"


def test_the_document_is_what_the_standard_says() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), str(DOCUMENT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_event_that_is_said_or_heard_is_in_it_on_its_stream() -> None:
    document: Any = yaml.safe_load(DOCUMENT.read_text())
    sent = {name for name, operation in document["operations"].items() if operation["action"] == "send"}
    assert sent == set(said_by())
    for event in events().values():
        if event.type in said_by():
            assert document["channels"][event.type]["address"] == event.stream
    addresses = {channel["address"] for channel in document["channels"].values()}
    assert {events()[name].stream for name in heard_by()} <= addresses


def test_it_is_the_same_each_time() -> None:
    assert asyncapi() == asyncapi()
