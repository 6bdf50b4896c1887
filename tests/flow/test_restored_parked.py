"""What a restored service has parked stands on the operators' list, once, and what only the lost database had does not."""

from datetime import UTC, datetime
from pathlib import Path

from deploy.rehearing import listing, unlist
from shared.events.idea_located import IdeaLocated
from shared.messaging.record import Record, encode
from shared.storage import parked
from shared.storage.outbox import Said
from tests.flow.town import Town, town


def spoilt() -> Record:
    """What matching cannot digest."""
    said = Said(1, "e" * 32, IdeaLocated.stream, "idea", IdeaLocated.type, 2, "2026-03-02T08:00:00.000000Z", "", b"{}")
    return encode(said, "intake")


def park(here: Town) -> parked.Parked:
    here.hear("matching", records=[spoilt()])
    here.carry()
    with here.platform.services["matching"].store.database.reading() as connection:
        (row,) = parked.everything(connection)
    return row


def on_the_list(here: Town) -> list[str]:
    with here.platform.services["notify"].store.reading() as work:
        return [row.parked_key for row in work.desk.all_parked()]


def test_an_event_that_is_parked_again_after_a_restore_is_shown_though_it_was_thrown_away_before(
    tmp_path: Path,
) -> None:
    with town(tmp_path) as here:
        here.remember("matching")
        first = park(here)
        here.platform.dispatches["matching"].discard(first.id)
        here.carry()
        assert on_the_list(here) == []
        here.forget("matching")
        again = park(here)
        assert (again.id, again.event_id) == (first.id, first.event_id)
        assert len(on_the_list(here)) == 1


def test_what_only_the_lost_database_had_parked_leaves_the_list(tmp_path: Path) -> None:
    with town(tmp_path) as here:
        here.remember("matching")
        park(here)
        here.forget("matching")
        listed: set[str] = set()
        listing(listed)(here.kafka)
        for name, service in here.platform.services.items():
            unlist(name, service, listed, datetime.now(UTC))
        here.carry()
        assert on_the_list(here) == []
        park(here)
        shown = on_the_list(here)
        assert len(shown) == 1
        unlist("matching", here.platform.services["matching"], {*shown}, datetime.now(UTC))
        here.carry()
        assert on_the_list(here) == shown, "what is parked here stays"
