"""One entry as it stands in the pack: what is published, and what only operators see.

Each row is the wire model of its kind with stricter fields. The pack's words that differ from the wire's are aliases.
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.events import entry as wire

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, Field(pattern=r"^\d{4}$")]
Sek = Annotated[int, Field(ge=0)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Goal = Annotated[int, Field(ge=1, le=17)]


class Row(wire.Sourced):
    """What every entry has, with the notes that are never shown to the public."""

    id: Id
    source_year: Year | None = None
    source_note: str | None = None
    editor_note: str | None = None

    def in_file(self, field: str) -> str:
        """What the pack calls a field of the wire."""
        return type(self).model_fields[field].alias or field


class ActorRow(Row, wire.Actor):
    pass


class SchemeRow(Row, wire.Scheme):
    form: str = Field(alias="kind")
    kind: Literal["scheme"] = Field("scheme", alias="wire_kind")  # nothing in a file; the pack's `kind` is `form`
    min_sek: Sek | None = None
    max_sek: Sek | None = None
    own_share_pct: Annotated[int, Field(ge=0, le=100)] | None = None


class ChallengeRow(Row, wire.Challenge):
    sdg_goals: tuple[Goal, ...]


class MethodRow(Row, wire.Method):
    pass


class ExampleRow(Row, wire.Example):
    pass


class Population(BaseModel):
    """A later figure: of which day, or why the day is not known."""

    value: int = Field(gt=0)
    date: datetime.date | None = None
    date_note: str | None = None
    source: wire.Texts = ()


class MunicipalityRow(Row, wire.Municipality):
    id: Code = Field(alias="code")
    seat_lat: float = Field(ge=-90, le=90)
    seat_lon: float = Field(ge=-180, le=180)
    population: int = Field(gt=0)
    population_latest: Population | None = None
    land_area_km2: int | None = Field(None, gt=0)
    neighbours_other_counties: wire.Texts = ()
    verified_fields: wire.Texts = ()
    unverified_fields: wire.Texts = ()
    unverified_note: str | None = None


class CountyRow(Row):
    id: Annotated[str, Field(pattern=r"^\d{2}$")] = Field(alias="code")
    letter: str | None = None
    population: int | None = Field(None, gt=0)
    population_date: datetime.date | None = None
    land_area_km2: int | None = Field(None, gt=0)
    seat: str
    landscapes: wire.Texts = ()
    alternative_names: wire.Texts


class Aspect(wire.Entry):
    """A horizontal aspect and the question that it asks of an idea."""

    question: str


class SampleIdea(wire.Value):
    """A made-up idea, in the fields that the API takes, to show the platform with."""

    id: Id
    title: str | None = None
    text: str = Field(min_length=1)
    place: str
    legal_form: str | None = None
    name: str | None = None
    email: str | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+\.example$")
    phone: str | None = Field(None, pattern=r"^070-174 06 \d\d$")  # a series that nobody has
    reach: Literal["mail", "call", "none"]
    may_share: Literal[True]
