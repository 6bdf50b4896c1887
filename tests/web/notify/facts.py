"""What notify hears in these tests: one idea in Söderhamn, two partners who fit, and the person who told it."""

from datetime import UTC, date, datetime
from typing import Any

from shared.events.contact_given import ContactGiven
from shared.events.entry import Actor, Challenge, Municipality
from shared.events.entry_published import EntryPublished
from shared.events.event import Event
from shared.events.idea_classified import IdeaClassified, Label
from shared.events.idea_matched import IdeaMatched, Match, Reason
from shared.events.idea_received import IdeaReceived

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
IDEA = "1dea" * 8
TEXT = "Ett språkkafé på biblioteket.\n\nVarje torsdag kväll, för oss som är nya i landet."
FIRST, SECOND, THIRD = "byaklubben", "lanken", "grannverket"


def actor(actor_id: str = FIRST, **more: Any) -> Event:
    known = {
        "id": actor_id,
        "name": actor_id.capitalize(),
        "name_en": actor_id.capitalize(),
        "source": ("https://kalla.example",),
        "verified": True,
        "reviewed": date(2026, 3, 1),
        "org_type": "forening",
        "whole_county": True,
        "municipalities": (),
        "challenges": ("moten",),
        "support_types": (),
        "target_groups": (),
        "idea_stages": (),
        "description": "Hjälper till.",
        "description_en": "Helps.",
        "contact_channel": "funktionsbrevlada",
        "contact_address": f"hej@{actor_id}.example",
    }
    return published(Actor.model_validate({**known, **more}))


def published(entry: Any, sequence: int = 1) -> EntryPublished:
    return EntryPublished(entry_key=f"{entry.kind}:{entry.id}", entry=entry, sequence=sequence, at=MONDAY)


def town(code: str = "2182", name: str = "Söderhamn") -> Event:
    entry = Municipality.model_construct(
        kind="municipality",
        id=code,
        name=name,
        name_en=name,
        source=(),
        verified=True,
        reviewed=date(2026, 3, 1),
        full_name=f"{name}s kommun",
        county="Länet",
        county_code="21",
        landscape="Hälsingland",
        population=1,
        population_year=2025,
        seat="Söderhamn",
        seat_lat=0.0,
        seat_lon=0.0,
        neighbours=(),
        alternative_names=(),
        localities=(),
        city_districts=(),
        place_aliases={},
    )
    return published(entry)


def challenge() -> Event:
    entry = Challenge.model_construct(
        kind="challenge",
        id="moten",
        name="Möten mellan människor",
        name_en="People meeting",
        source=(),
        verified=True,
        reviewed=date(2026, 3, 1),
        description="",
        description_en="",
        general_keywords=(),
        topics=(),
        keywords=(),
        sdg_goals=(),
        sdg_targets=(),
        sdg_goals_without_target=(),
        rus_goal_areas=(),
        national_priorities=(),
        horizontal={},
    )
    return published(entry)


def received(idea: str = IDEA, **more: Any) -> Event:
    told = {
        "idea_id": idea,
        "code": "G7K4M2P",
        "title": None,
        "text": TEXT,
        "language": "sv",
        "place": "Söderhamn",
        "municipality": None,
        "legal_form": None,
        "channel": "web",
        "may_share": True,
        "reach": "mail",
        "sequence": 1,
        "at": MONDAY,
    }
    return IdeaReceived.model_validate({**told, **more})


def classified(idea: str = IDEA, sequence: int = 1, **more: Any) -> Event:
    thought = {
        "idea_id": idea,
        "labels": (Label.model_validate({"challenge": "moten", "confidence": 0.8}),),
        "abstained": False,
        "abstained_why": None,
        "municipalities": ("2182",),
        "place_certain": True,
        "model": "m1",
        "sequence": sequence,
        "at": MONDAY,
    }
    return IdeaClassified.model_validate({**thought, **more})


def matched(*scores: tuple[str, float], idea: str = IDEA, sequence: int = 2) -> Event:
    """Actors with their scores; without any, the first two."""
    found = [
        Match.model_validate(
            {
                "kind": "actor",
                "entry_id": who,
                "score": score,
                "reasons": (
                    Reason(code="shares_challenge", params={"challenge": "moten"}),
                    Reason(code="works_in_municipality", params={"municipality": "2182"}),
                ),
            }
        )
        for who, score in scores or ((FIRST, 0.9), (SECOND, 0.7))
    ]
    told = {"idea_id": idea, "actors": tuple(found), "schemes": (), "sequence": sequence, "at": MONDAY}
    return IdeaMatched.model_validate(told)


def contact(idea: str = IDEA, **more: Any) -> Event:
    who = {
        "idea_id": idea,
        "name": "Eva Ek",
        "email": "eva@holder.example",
        "phone": "070-174 06 05",
        "reach": "mail",
        "language": "sv",
        "sequence": 1,
        "at": MONDAY,
    }
    return ContactGiven.model_validate({**who, **more})


def directory() -> list[Event]:
    return [town(), challenge(), actor(FIRST), actor(SECOND), actor(THIRD)]


def a_matched_idea(idea: str = IDEA, **more: Any) -> list[Event]:
    return [received(idea, **more), contact(idea), classified(idea), matched(idea=idea)]
