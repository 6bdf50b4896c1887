"""After a restore no service numbers anew what others have heard: each event that it says is taken back, or need not be."""

from pathlib import Path

from deploy.app import SERVICES, build_platform, environment
from shared.events.contact_erased import ContactErased
from shared.events.event import Event
from shared.runtime.service import Service
from tests.running import variables

NEED_NOT: dict[type[Event], str] = {
    ContactErased: "said with IdeaWithdrawn, which is taken back, and nothing is said of the idea after it",
}


def services(data: Path) -> list[Service]:
    with variables({"GORT_DATA": str(data)}):
        return list(build_platform(SERVICES, environment()).services.values())


def test_every_event_that_a_service_says_is_taken_back_after_a_restore_or_it_stands_here_why_not(
    tmp_path: Path,
) -> None:
    built = services(tmp_path)
    said, recalled = {e for s in built for e in s.says}, {e for s in built for e in s.recalls}
    assert said - recalled == set(NEED_NOT), "give it a recall in its service's manifest, or a reason here"


def test_a_service_takes_back_only_what_it_says(tmp_path: Path) -> None:
    assert not [(s.name, e.type) for s in services(tmp_path) for e in s.recalls if e not in s.says]
