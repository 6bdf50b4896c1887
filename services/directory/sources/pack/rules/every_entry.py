"""What every entry must fulfil: one id, sources that are addresses, claims that rest on something, no doubles."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import cast

from services.directory.domain.fingerprint import ORDERED
from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import Row
from shared.kernel.defects import Defect

URL = re.compile(r"https?://[a-z0-9.-]*[a-z0-9](:\d+)?(/\S*)?", re.IGNORECASE)  # a host never ends in a dot


def every_entry(pack: Pack) -> Iterator[Defect]:
    for file, rows in pack.sourced().items():
        for double in _doubles(row.id for row in rows):
            yield Defect(file, double, "id", "duplicate_id", "stands twice")
        for row in rows:
            yield from (Defect(file, row.id, *found) for found in (*_source(row), *_lists(row)))


def _source(row: Row) -> Iterator[tuple[str, str, str]]:
    if not row.source and row.verified:
        yield "verified", "verified_without_source", "must be false when source is empty"
    if not row.source and not row.source_note:
        yield "source_note", "no_source_note", "must say where it comes from when source is empty"
    if row.source_year and row.source_year > row.reviewed.year:
        yield "source_year", "source_year", "is later than the day it was reviewed"
    for url in row.source:
        if not URL.fullmatch(url):
            yield "source", "url", f"not a URL: {url}"
    website = getattr(row, "website", None)
    if website and not URL.fullmatch(website):
        yield "website", "url", f"not a URL: {website}"


def _lists(row: Row) -> Iterator[tuple[str, str, str]]:
    for field, value in row:
        if isinstance(value, tuple) and field not in ORDERED:
            for double in _doubles(str(item) for item in cast(tuple[object, ...], value)):
                yield field, "duplicate_value", f"stands twice: {double}"


def _doubles(values: Iterator[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
