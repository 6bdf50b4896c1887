"""Places: names that text can be matched against, parts of municipalities that exist, a county that hangs together."""

import re
from collections.abc import Iterator, Sequence
from math import cos, hypot, radians
from statistics import median

from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import ActorRow, MunicipalityRow, Row, SchemeRow
from shared.events.entry import Texts
from shared.kernel.defects import Defect

KM_A_DEGREE = 111.2  # of latitude
FAR = 300  # km from the middle: no county of ours reaches so far
MATCHABLE = re.compile(r"[A-ZÅÄÖ][\w' -]*")


def places(pack: Pack) -> Iterator[Defect]:
    if not pack.knows_all_places():
        return
    towns = {town.id: town for town in pack.municipalities.municipalities}
    named = {code: places_of(town) for code, town in towns.items()}
    yield from _county(pack, set[str]().union(*named.values()))
    yield from _far_away(tuple(towns.values()))
    for town in towns.values():
        elsewhere = set[str]().union(*(names for code, names in named.items() if code != town.id))
        yield from (Defect("municipalities", town.id, *found) for found in _town(pack, town, elsewhere))
    for file, row, codes in _with_area(pack):
        if row.places:
            there = set[str]().union(*(named.get(code, set()) for code in codes))
            for field, names in (("places.only", row.places.only), ("places.except", row.places.except_)):
                for name in set(names) - there:
                    yield Defect(file, row.id, field, "place_outside", f"not a place in its municipalities: {name}")


def places_of(town: MunicipalityRow) -> set[str]:
    """The localities and districts of a municipality, and the town itself where it is a place of its own."""
    return {*town.localities, *town.city_districts, *filter(None, [town.town_core])}


def _with_area(pack: Pack) -> Iterator[tuple[str, ActorRow | SchemeRow, Texts]]:
    yield from (("actors", actor, actor.municipalities) for actor in pack.actors.actors)
    yield from (("funding", scheme, scheme.geography.municipalities) for scheme in pack.funding.funding)


def _county(pack: Pack, known: set[str]) -> Iterator[Defect]:
    file, codes = pack.municipalities, pack.ids("municipalities")
    for area in file.area_groups:
        for code in set(area.municipalities) - codes:
            yield Defect("municipalities", area.id, "municipalities", "unknown", f"not in the county: {code}")
        for name in {area.name.lower(), *map(str.lower, area.alternative_names)}:
            if name in map(str.lower, file.county.alternative_names):
                what = f"is an area of its own, not the county: {name}"
                yield Defect("municipalities", file.county.id, "alternative_names", "area_is_county", what)
    for name in set(file.ambiguous_localities) - known:
        yield Defect("municipalities", "-", "ambiguous_localities", "unknown", f"not a place in the county: {name}")


def _far_away(towns: Sequence[MunicipalityRow]) -> Iterator[Defect]:
    """The middle of the others is where most of them are: one slip of the pen does not move a median."""
    north, east = median(t.seat_lat for t in towns), median(t.seat_lon for t in towns)
    for town in towns:
        up = (town.seat_lat - north) * KM_A_DEGREE
        along = (town.seat_lon - east) * KM_A_DEGREE * cos(radians(north))
        if hypot(up, along) > FAR:
            field = "seat_lat" if abs(up) > abs(along) else "seat_lon"
            what = f"is {hypot(up, along):.0f} km from the middle of the municipalities"
            yield Defect("municipalities", town.id, field, "far_away", what)


def _town(pack: Pack, town: MunicipalityRow, elsewhere: set[str]) -> Iterator[tuple[str, str, str]]:
    county = pack.municipalities.county
    if town.county_code != county.id or not town.id.startswith(county.id):
        yield "county_code", "other_county", f"is not in the county {county.id}"
    for name in places_of(town):
        if not MATCHABLE.fullmatch(name):
            yield "localities", "unmatchable", f"cannot be found in a text: {name}"
        if name in elsewhere and name not in pack.municipalities.ambiguous_localities:
            yield "localities", "ambiguous", f"in two municipalities, not in ambiguous_localities: {name}"
    for name in set(town.place_aliases.values()) - places_of(town):
        yield "place_aliases", "unknown", f"not a place in the municipality: {name}"
    for field, names in (("verified_fields", town.verified_fields), ("unverified_fields", town.unverified_fields)):
        for name in set(names) - _fields_in_file(town):
            yield field, "unknown", f"no such field: {name}"
    latest = town.population_latest
    if latest and not latest.date and not latest.date_note:
        yield "population_latest", "no_date", "needs a date, or a date_note that says why there is none"


def _fields_in_file(row: Row) -> set[str]:
    return {row.in_file(field) for field in type(row).model_fields}
