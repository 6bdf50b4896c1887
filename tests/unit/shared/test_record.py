"""What is said comes out as it went in, and what is no event is refused with a code that says what is wrong."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.record import NotAnEvent, Record, encode, open_envelope
from shared.storage.outbox import Said, stamp

AT = datetime(2026, 3, 2, 9, 30, 1, 234567, tzinfo=UTC)
SAID = Said(7, "e1", "intake.ideas", "i1", "gort.intake.idea-withdrawn.v1", 3, stamp(AT), "00-ab-cd-01", b"{}")
RECORD = encode(SAID, "intake")


def changed(**headers: bytes | None) -> Record:
    """A good record with some headers changed; `None` takes one away."""
    wanted = {
        **dict(RECORD.headers),
        **{name.replace("content_type", "content-type"): v for name, v in headers.items()},
    }
    return replace(RECORD, headers=tuple((name, value) for name, value in wanted.items() if value is not None))


def test_what_was_said_is_what_is_opened() -> None:
    opened = open_envelope(RECORD)
    assert (opened.event_id, opened.type, opened.key, opened.sequence) == ("e1", SAID.type, "i1", 3)
    assert (opened.source, opened.at, opened.traceparent) == ("/intake", AT, "00-ab-cd-01")
    assert (opened.record.stream, opened.record.position, opened.record.body) == ("intake.ideas", 7, b"{}")


def words(**sizes: int) -> st.SearchStrategy[str]:
    """What a column of text can hold: PostgreSQL takes no NUL."""
    return st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), **sizes)


@given(
    st.builds(
        Said,
        position=st.integers(0),
        event_id=words(min_size=1, max_size=20),
        stream=st.just("intake.ideas"),
        key=words(min_size=1, max_size=20),
        type=words(min_size=1, max_size=20),
        sequence=st.integers(0, 10**12),
        at=st.datetimes(timezones=st.just(UTC)).map(stamp),
        traceparent=words(max_size=20),
        body=st.one_of(st.none(), st.binary(max_size=40)),
    )
)
def test_every_row_of_an_outbox_survives_the_journey(said: Said) -> None:
    opened = open_envelope(encode(said, "intake"))
    assert (opened.event_id, opened.key, opened.type) == (said.event_id, said.key, said.type)
    assert (opened.sequence, stamp(opened.at), opened.record.body) == (said.sequence, said.at, said.body)


def test_names_of_headers_may_be_in_capitals() -> None:
    shouting = replace(RECORD, headers=tuple((name.upper(), value) for name, value in RECORD.headers))
    assert open_envelope(shouting).event_id == "e1"


def test_an_event_without_a_trace_or_a_number_is_still_an_event() -> None:
    opened = open_envelope(changed(traceparent=None, ce_sequence=None))
    assert (opened.traceparent, opened.sequence) == (None, 0)


def test_a_tombstone_needs_no_content_type() -> None:
    assert open_envelope(replace(changed(content_type=None), body=None)).record.body is None


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (changed(ce_id=None), "ce_id_missing"),
        (changed(ce_id=b""), "ce_id_missing"),
        (changed(ce_type=None), "ce_type_missing"),
        (changed(ce_source=None), "ce_source_missing"),
        (changed(ce_time=None), "ce_time_missing"),
        (changed(ce_specversion=None), "specversion_unknown"),
        (changed(ce_specversion=b"0.3"), "specversion_unknown"),
        (changed(content_type=b"text/plain"), "content_type_unknown"),
        (changed(content_type=None), "content_type_unknown"),
        (replace(RECORD, key=None), "key_missing"),
        (replace(RECORD, key=b""), "key_missing"),
        (replace(RECORD, key=b"\xff"), "key_not_text"),
        (replace(RECORD, key=b"k\0"), "key_not_text"),
        (changed(ce_type=b"\xff"), "header_not_text"),
        (changed(ce_id=b"e\0"), "header_not_text"),
        (replace(changed(ce_id=None), key=b"k" * 121), "key_too_long"),
        (changed(ce_sequence=b"three"), "sequence_or_time_malformed"),
        (changed(ce_sequence=b"-1"), "sequence_or_time_malformed"),
        (changed(ce_time=b"yesterday"), "sequence_or_time_malformed"),
        (changed(ce_time=b"2026-03-02T09:30:00"), "sequence_or_time_malformed"),
        (replace(RECORD, headers=()), "ce_id_missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_event_is_refused_with_what_is_wrong(record: Record, code: str) -> None:
    with pytest.raises(NotAnEvent) as error:
        open_envelope(record)
    assert str(error.value) == code


@given(
    st.lists(st.tuples(st.sampled_from([n for n, _ in RECORD.headers]), st.one_of(st.none(), st.binary(max_size=20)))),
    st.one_of(st.none(), st.binary(max_size=10)),
    st.one_of(st.none(), st.binary(max_size=10)),
)
def test_whatever_a_transport_hands_over_is_opened_or_refused(headers, key, body) -> None:
    record = replace(RECORD, headers=(*RECORD.headers, *headers), key=key, body=body)
    try:
        assert open_envelope(record).record is record
    except NotAnEvent as error:
        assert str(error).replace("_", "").isalnum()
