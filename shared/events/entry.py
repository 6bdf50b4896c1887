"""The directory's entries as they are told to others: public fields only, one model per kind.

The pack's README says what each field means: absent or `None` = unknown, an empty list = known to be empty.
`source` empty means that nobody has seen a page; `verified` false is shown as "ej kontrollerad".
"""

from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Texts = tuple[str, ...]


class Value(BaseModel):
    """A value inside an entry: frozen, unknown fields ignored so that old readers survive new fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Places(Value):
    """Parts of municipalities: nothing but `only`, or all but `except_`; names of localities or districts."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, serialize_by_alias=True)
    only: Texts = ()
    except_: Texts = Field(default=(), alias="except")


class Call(Value):
    """When a scheme can be applied for: MM-DD where the day was seen; `year` None = returns every year."""

    opens: str | None = None
    closes: str | None = None
    year: int | None = None
    rolling: bool = False
    note: str | None = None


class Geography(Value):
    scope: Literal["lan", "kommuner", "nationellt"]
    municipalities: Texts


class Topic(Value):
    id: str
    name: str
    name_en: str
    keywords: Texts


class Area(Value):
    """A landscape or a stretch of coast: several municipalities under one name."""

    id: str
    name: str
    alternative_names: Texts = ()
    municipalities: Texts


class Entry(Value):
    """What every entry has. `id` never changes; names of places and bodies stay Swedish in `name_en`."""

    id: str
    name: str
    name_en: str


class Sourced(Entry):
    """An entry that says where it comes from and when somebody last read it."""

    source: Texts
    verified: bool
    reviewed: date
    source_year: int | None = None


class Actor(Sourced):
    kind: Literal["actor"] = "actor"
    org_type: str
    whole_county: bool
    municipalities: Texts
    places: Places | None = None
    challenges: Texts
    support_types: Texts
    target_groups: Texts
    idea_stages: Texts
    description: str
    description_en: str
    website: str | None = None
    contact_channel: str
    contact_address: str | None = None


class Scheme(Sourced):
    kind: Literal["scheme"] = "scheme"
    funder: str
    funder_actor_id: str | None = None
    form: str  # the pack's `kind`: bidrag, lan, garanti …
    min_sek: int | None = None
    max_sek: int | None = None
    amount_note: str | None = None
    cofinancing: str
    own_share_pct: int | None = None
    paid: str
    eligible_forms: Texts
    requires: Texts
    route: str
    idea_stages: Texts
    challenges: Texts
    geography: Geography
    places: Places | None = None
    status: str
    call_rhythm: str
    calls: tuple[Call, ...]
    description: str
    description_en: str
    website: str | None = None


class Challenge(Sourced):
    kind: Literal["challenge"] = "challenge"
    description: str
    description_en: str
    general_keywords: Texts
    topics: tuple[Topic, ...]
    keywords: Texts
    sdg_goals: tuple[int, ...]
    sdg_targets: Texts
    sdg_goals_without_target: tuple[int, ...]
    rus_goal_areas: Texts
    national_priorities: Texts
    horizontal: dict[str, str]


class Municipality(Sourced):
    kind: Literal["municipality"] = "municipality"
    full_name: str
    county: str
    county_code: str
    landscape: str
    population: int
    population_year: int
    seat: str
    seat_lat: float
    seat_lon: float
    neighbours: Texts
    alternative_names: Texts
    localities: Texts
    city_districts: Texts
    town_core: str | None = None
    place_aliases: dict[str, str] = Field(default_factory=dict)
    website: str | None = None


class Method(Sourced):
    kind: Literal["method"] = "method"
    idea_stages: Texts
    suits: str
    suits_en: str
    time: str
    time_en: str
    description: str
    description_en: str
    steps: Texts
    steps_en: Texts
    when_to_use: str
    when_to_use_en: str
    actor_ids: Texts
    challenges: Texts


class Example(Sourced):
    kind: Literal["example"] = "example"
    place: str
    place_en: str
    start_year: int | None = None
    challenges: Texts
    problem: str
    problem_en: str
    how_it_works: str
    how_it_works_en: str
    results: str
    results_en: str
    actor_ids: Texts
    funding_ids: Texts
    local_actor_ids: Texts
    local_funding_ids: Texts
    other_parties: Texts
    stage: str
    lesson: str | None = None
    lesson_en: str | None = None


class Term(Entry):
    """A word of one of the pack's closed lists, so that codes can be shown as words. `id` is ``list:code``."""

    kind: Literal["term"] = "term"


class County(Entry):
    """The region itself, and the names that need care when they stand in a text."""

    kind: Literal["county"] = "county"
    alternative_names: Texts
    areas: tuple[Area, ...]
    ambiguous_localities: Texts


AnyEntry = Annotated[
    Actor | Scheme | Challenge | Municipality | Method | Example | Term | County, Field(discriminator="kind")
]
_ANY: TypeAdapter[AnyEntry] = TypeAdapter(AnyEntry)


@lru_cache(maxsize=4096)
def read_entry(body: str) -> AnyEntry:
    """An entry from its JSON; entries are values, so the same words give the same one. Raise `ValidationError`."""
    return _ANY.validate_json(body)
