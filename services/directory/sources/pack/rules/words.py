"""Every code of a closed list has its name in words.yaml, once, and no other code has."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from services.directory.sources.pack.files import Pack
from shared.events.entry import Entry, Geography
from shared.kernel.defects import Defect


def words(pack: Pack) -> Iterator[Defect]:
    for field, (codes, named) in _lists(pack).items():
        has = {word.id for word in named}
        for code in set(codes) - has:
            yield Defect("words", field, code, "no_name", "is in the closed list, but has no name here")
        for code in has - set(codes):
            yield Defect("words", field, code, "unknown", "is not in the closed list")
    for file, field, named in pack.closed_lists():
        for code, times in Counter(word.id for word in named).items():
            if times > 1:
                yield Defect(file, field, code, "duplicate_id", "stands twice")


def _lists(pack: Pack) -> dict[str, tuple[Sequence[str], tuple[Entry, ...]]]:
    actors, funding, named = pack.actors, pack.funding, pack.words
    return {
        "org_types": (actors.org_types, named.org_types),
        "target_groups": (actors.target_groups, named.target_groups),
        "contact_channels": (actors.contact_channels, named.contact_channels),
        "eligible_forms": (funding.eligible_forms, named.eligible_forms),
        "statuses": (funding.statuses, named.statuses),
        "scopes": (get_args(Geography.model_fields["scope"].annotation), named.scopes),
    }
