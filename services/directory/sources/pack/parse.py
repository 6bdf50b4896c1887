"""The shape of a pack: every file there, every field of the right kind; what is not, said by file, entry and field."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, cast, get_type_hints

from pydantic import ValidationError

from services.directory.sources.pack.files import Pack, PackFile
from shared.kernel.defects import Defect, PackRefused
from shared.web.pack_file import model_from, read_mapping

FILES: dict[str, type[PackFile]] = {
    part.name: cast(type[PackFile], get_type_hints(Pack)[part.name]) for part in fields(Pack) if part.name != "unread"
}


def parse(folder: Path) -> tuple[Pack, list[Defect]]:
    """The pack, without the rows that are not of the right shape, and the defects of those rows.

    Raise `PackRefused` with what was found so far when a file or the head of one cannot be used: without it nothing
    can be said of the rest.
    """
    files: dict[str, PackFile] = {}
    defects: list[Defect] = []
    unread: set[tuple[str, str]] = set()
    for name, model in FILES.items():
        try:
            held = read_mapping(folder / f"{name}.yaml")
        except PackRefused as refused:
            defects.extend(refused.defects)
            continue
        try:
            files[name] = model_from(model, held)
        except ValidationError as error:
            found = list(_defects(error, name, model, held))
            defects.extend(found)
            if (sound := _without_bad_rows(error, model, held)) is not None:
                files[name] = sound
                unread |= {(name, defect.entry) for defect in found}
    if len(files) < len(FILES):
        raise PackRefused(defects)
    return Pack(**cast(dict[str, Any], files), unread=frozenset(unread)), defects


def _without_bad_rows(error: ValidationError, model: type[PackFile], held: dict[str, Any]) -> PackFile | None:
    """The file with its sound rows only, or nothing when its head is wrong as well."""
    bad = {found["loc"][1] if _in_row(found["loc"], model) else None for found in error.errors(include_url=False)}
    if None in bad:
        return None
    kept = [row for number, row in enumerate(held[model.rows_in]) if number not in bad]
    try:
        return model_from(model, {**held, model.rows_in: kept})
    except ValidationError:  # too few are left
        return None


def _defects(error: ValidationError, name: str, model: type[PackFile], held: dict[str, Any]) -> Iterator[Defect]:
    for found in error.errors(include_url=False, include_input=False):
        where = found["loc"]
        if _in_row(where, model):
            entry, where = _id_of(held[str(where[0])][where[1]], int(where[1])), where[2:]
        elif len(where) > 1:
            entry, where = str(where[0]), where[1:]
        else:
            entry = "-"
        yield Defect(name, entry, ".".join(map(str, where)) or "-", found["type"], found["msg"])


def _in_row(where: tuple[int | str, ...], model: type[PackFile]) -> bool:
    return len(where) > 1 and where[0] == model.rows_in


def _id_of(row: object, number: int) -> str:
    """What the row calls itself, or its place in the file (``#1`` is the first)."""
    named = cast(dict[str, object], row) if isinstance(row, dict) else {}
    return str(named.get("id") or named.get("code") or f"#{number + 1}")
