"""What entries are called, for pages that show their ids."""

from collections.abc import Mapping

from services.matching.domain.work import Work
from shared.events.entry import AnyEntry


def entries_by_id(work: Work) -> Mapping[str, AnyEntry]:
    """Every entry that is known, by its id; terms by theirs, such as ``requirements:bankkonto``."""
    return {entry.id: entry for entry in work.entries.all()}
