"""The region pack: a folder of YAML files that people write and review, read whole or refused whole.

`read` gives its entries, `read_samples` its ideas for a demo, `check` says what is wrong, `pack_schema` its shape.
"""

from pathlib import Path

from services.directory.domain.pack_entry import PackEntry
from services.directory.sources.pack.entries import entries
from services.directory.sources.pack.files import Pack, SamplesFile
from services.directory.sources.pack.parse import parse
from services.directory.sources.pack.rules import RULES
from services.directory.sources.pack.schema import pack_schema
from shared.kernel.defects import Defect, PackRefused
from shared.web.region import read_region

__all__ = ["check", "pack_schema", "read", "read_samples"]


def read(folder: Path) -> tuple[PackEntry, ...]:
    """All entries of a pack, each key once. Raise `PackRefused` with every defect that was found."""
    return entries(_sound(folder))


def read_samples(folder: Path) -> SamplesFile:
    """The sample ideas of a pack and where a demo sends. Raise `PackRefused` when anything in the pack is wrong."""
    return _sound(folder).samples


def check(folder: Path) -> tuple[Defect, ...]:
    """Everything that is wrong with a pack, its region included; nothing when it is clean."""
    defects: set[Defect] = set()
    for reading in (_sound, read_region):
        try:
            reading(folder)
        except PackRefused as refused:
            defects.update(refused.defects)
    return tuple(sorted(defects))


def _sound(folder: Path) -> Pack:
    pack, defects = parse(folder)
    defects.extend(defect for rule in RULES for defect in rule(pack))
    if defects:
        raise PackRefused(defects)
    return pack
