"""From a pack's rows to entries: what everybody may see on one side, what only operators see on the other."""

from collections.abc import Iterator

from pydantic import BaseModel, TypeAdapter

from services.directory.domain.pack_entry import PackEntry
from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import CountyRow
from shared.events.entry import AnyEntry

_PUBLIC: TypeAdapter[AnyEntry] = TypeAdapter(AnyEntry)


def entries(pack: Pack) -> tuple[PackEntry, ...]:
    """Every entry of a pack in which all rules hold; the words of closed lists are terms, ``<list>:<code>``."""
    return (*_rows(pack), *_terms(pack), _county(pack))


def _rows(pack: Pack) -> Iterator[PackEntry]:
    for rows in pack.sourced().values():
        yield from (_split(row) for row in rows if not isinstance(row, CountyRow))


def _terms(pack: Pack) -> Iterator[PackEntry]:
    for _, field, words in pack.closed_lists():
        yield from (_split(word, kind="term", id=f"{field}:{word.id}") for word in words)


def _county(pack: Pack) -> PackEntry:
    file = pack.municipalities
    areas = [area.model_dump() for area in file.area_groups]
    return _split(file.county, kind="county", areas=areas, ambiguous_localities=file.ambiguous_localities)


def _split(row: BaseModel, **more: object) -> PackEntry:
    """The wire's fields of a row are the entry; the others that hold something are notes."""
    entry = _PUBLIC.validate_python({**row.model_dump(), **more})
    public = set(type(entry).model_fields)
    return PackEntry(entry, row.model_dump(mode="json", exclude=public, exclude_none=True))
