"""What is wrong with a region pack, said so that the person who edits it finds the place."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.kernel.errors import Refused


@dataclass(frozen=True, slots=True, order=True)
class Defect:
    """One thing that is wrong. `file` has no ending; `code` is stable; `what` is for people.

    `entry` and `field` are ``-`` for a whole file.

    >>> str(Defect("funding", "byapeng", "min_sek", "amounts", "more than max_sek"))
    'funding.yaml: byapeng: min_sek: more than max_sek'
    """

    file: str
    entry: str
    field: str
    code: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.entry}: {self.field}: {self.what}"

    @property
    def path(self) -> str:
        """The file as it is called in the folder of the pack."""
        return f"{self.file}.yaml"


class PackRefused(Refused):
    """A pack that cannot be used. All `defects` at once, each once, in order; the message has one a line."""

    def __init__(self, defects: Iterable[Defect]) -> None:
        super().__init__("pack_refused")
        self.defects = tuple(sorted(set(defects)))

    def __str__(self) -> str:
        return "\n".join(map(str, self.defects))
