"""Funding: amounts that are possible, an area of the county, real days, a status that the calls agree with."""

from collections.abc import Iterator
from datetime import date

from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import SchemeRow
from shared.events.entry import Call
from shared.kernel.defects import Defect

Found = Iterator[tuple[str, str, str]]


def funding(pack: Pack) -> Iterator[Defect]:
    county = pack.ids("municipalities")
    for scheme in pack.funding.funding:
        wrong = (*_amounts(scheme), *_where(scheme, county), *_when(scheme))
        yield from (Defect("funding", scheme.id, *found) for found in wrong)


def _amounts(scheme: SchemeRow) -> Found:
    low, high = scheme.min_sek or 0, scheme.max_sek or 0
    if high and low > high:
        yield "min_sek", "amounts", "more than max_sek"
    if (low or high) and not scheme.amount_note:
        yield "amount_note", "missing", "must say what the amount is per"


def _where(scheme: SchemeRow, county: set[str]) -> Found:
    codes = set(scheme.geography.municipalities)
    if scheme.geography.scope == "kommuner" and not codes:
        yield "geography.municipalities", "missing", "needed for scope kommuner"
    for code in codes - county:
        yield "geography.municipalities", "unknown", f"not in the county: {code}"


def _when(scheme: SchemeRow) -> Found:
    for number, call in enumerate(scheme.calls):
        yield from ((f"calls.{number}{field}", code, what) for field, code, what in _call(call))
    rolling = any(call.rolling for call in scheme.calls)
    if scheme.status == "stangd" and rolling:
        yield "status", "status_and_calls", "stangd, but a call is rolling"
    if scheme.status == "lopande" and not rolling and not scheme.editor_note:
        yield "status", "status_and_calls", "lopande, but no call is rolling and no editor_note says why"


def _call(call: Call) -> Found:
    if call.rolling and (call.opens or call.closes):
        yield ".rolling", "rolling_with_dates", "a rolling call has no dates"
    if call.year is not None and not 2000 <= call.year <= 2100:
        yield ".year", "year", f"unlikely: {call.year}"
    for field, day in ((".opens", call.opens), (".closes", call.closes)):
        if day is not None and not _is_day(day):
            yield field, "day", f"MM-DD expected: {day}"


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(f"2024-{day}").strftime("%m-%d") == day
    except ValueError:
        return False
