"""What travels: a CloudEvent 1.0 in binary mode, as bytes with headers, the same on every transport."""

from dataclasses import dataclass
from datetime import datetime

from shared.storage.outbox import Said

LONGEST = {"ce_id": 80, "ce_type": 120, "ce_source": 200, "ce_time": 40, "key": 120}  # what the tables hold
OF_THE_KEY = ("key_not_text", "key_missing", "key_too_long")  # said before anything else is looked at

Headers = tuple[tuple[str, bytes | None], ...]

UNREADABLE: Headers = (("unreadable", b"1"),)  # of what stands for records that a transport could not read


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a stream as a transport hands it over. Nothing about it has been checked."""

    stream: str
    partition: int
    position: int
    key: bytes | None
    headers: Headers
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A record whose CloudEvents attributes could be read."""

    record: Record
    event_id: str
    type: str
    source: str
    key: str
    sequence: int
    at: datetime
    traceparent: str | None


class NotAnEvent(ValueError):
    """A record without the attributes of a CloudEvent. The message is a code that names what is wrong."""


def encode(said: Said, service: str) -> Record:
    """A row of a service's outbox as it goes on the wire."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": said.event_id,
        "ce_source": f"/{service}",
        "ce_type": said.type,
        "ce_time": said.at,
        "ce_subject": said.key,
        "ce_sequence": str(said.sequence),
        "traceparent": said.traceparent,
        "content-type": "application/json",
    }
    headers = tuple((name, value.encode()) for name, value in attributes.items())
    return Record(said.stream, 0, said.position, said.key.encode(), headers, said.body)


def open_envelope(record: Record) -> Envelope:
    """Read the key, then the attributes. Raise `NotAnEvent` with a code that says what is missing or malformed."""
    if record.headers == UNREADABLE:
        raise NotAnEvent("unreadable")
    key = _key(record)
    try:
        texts = {name.lower(): _text(value) for name, value in record.headers if value is not None}
    except ValueError as error:
        raise NotAnEvent("header_not_text") from error
    for name in ("ce_id", "ce_type", "ce_source", "ce_time"):
        if not texts.get(name):
            raise NotAnEvent(f"{name}_missing")
        if len(texts[name]) > LONGEST[name]:
            raise NotAnEvent(f"{name}_too_long")
    if texts.get("ce_specversion") != "1.0":
        raise NotAnEvent("specversion_unknown")
    if record.body is not None and not texts.get("content-type", "").startswith("application/json"):
        raise NotAnEvent("content_type_unknown")
    try:
        sequence, at = int(texts.get("ce_sequence", "0")), datetime.fromisoformat(texts["ce_time"])
    except ValueError as error:
        raise NotAnEvent("sequence_or_time_malformed") from error
    if not 0 <= sequence < 2**63 or at.tzinfo is None:
        raise NotAnEvent("sequence_or_time_malformed")
    return Envelope(
        record, texts["ce_id"], texts["ce_type"], texts["ce_source"], key, sequence, at, texts.get("traceparent")
    )


def _key(record: Record) -> str:
    try:
        key = _text(record.key or b"")
    except ValueError as error:
        raise NotAnEvent("key_not_text") from error
    if not key:
        raise NotAnEvent("key_missing")
    if len(key) > LONGEST["key"]:
        raise NotAnEvent("key_too_long")
    return key


def _text(value: bytes) -> str:
    """Raise `ValueError` for what is not UTF-8, and for NUL, which PostgreSQL does not take as text."""
    if 0 in value:
        raise ValueError
    return value.decode()
