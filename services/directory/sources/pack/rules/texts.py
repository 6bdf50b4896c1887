"""Texts stand in both languages, and hold nobody's e-mail or phone: those belong in a shared `contact_address`."""

import re
from collections.abc import Iterator
from typing import cast

from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import Row
from shared.kernel.defects import Defect

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
PHONE = re.compile(r"(\+46|\b0\d{1,3})[ -]?\d{2,3}[ -]?\d{2}[ -]?\d{2}")
ADDRESSES = {"contact_address", "source", "website"}


def texts(pack: Pack) -> Iterator[Defect]:
    for file, rows in pack.sourced().items():
        for row in rows:
            yield from (Defect(file, row.id, *found) for found in (*_languages(row), *_private(row)))


def _languages(row: Row) -> Iterator[tuple[str, str, str]]:
    said = dict(row)
    for english in (field for field in said if field.endswith("_en")):
        swedish = english.removesuffix("_en")
        ours, theirs = _lines(said[swedish]), _lines(said[english])
        if len(ours) != len(theirs) or not all(line.strip() for line in (*ours, *theirs)):
            yield english, "languages", f"{swedish} and {english} do not go together"


def _private(row: Row) -> Iterator[tuple[str, str, str]]:
    for field, value in row.model_dump(mode="json", exclude=ADDRESSES).items():
        if any(MAIL.search(line) or PHONE.search(line) for line in _strings(value)):
            yield field, "contact_details", "e-mail or phone outside contact_address"


def _lines(value: object) -> tuple[str, ...]:
    """The texts of a field: none, one, or a list of steps."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else cast(tuple[str, ...], value)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for held in cast(dict[str, object], value).values() for text in _strings(held))
    elif isinstance(value, list):
        yield from (text for held in cast(list[object], value) for text in _strings(held))
