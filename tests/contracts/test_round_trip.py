"""Whatever an event says, its listeners are told exactly that."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.events.catalogue import events
from shared.events.event import Event
from shared.messaging.hears import Hears, Listening
from shared.messaging.record import encode, open_envelope
from shared.storage.outbox import Said, stamp
from tests.contracts.samples import values
from tests.contracts.write import AT


@pytest.mark.parametrize("event", events().values(), ids=events())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_said_is_what_is_heard(event: type[Event], data: st.DataObject) -> None:
    drawn = data.draw(values(event))
    key = data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20))
    said = event.model_validate({**drawn, event.key_field: key, "sequence": data.draw(st.integers(0, 2**62)), "at": AT})
    row = Said(1, "0" * 32, said.stream, said.key, said.type, said.sequence, stamp(said.at), "", said.body())
    hears = Hears(event, lambda *_: None, as_="reader")
    assert Listening([hears]).read(hears, open_envelope(encode(row, "service"))) == said
