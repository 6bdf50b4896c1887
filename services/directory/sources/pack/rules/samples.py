"""Sample ideas: told once, from a municipality of the county, by somebody who can be reached as they wished."""

from collections import Counter
from collections.abc import Iterator

from services.directory.sources.pack.files import Pack
from services.directory.sources.pack.rows import SampleIdea
from shared.kernel.defects import Defect


def samples(pack: Pack) -> Iterator[Defect]:
    for idea, times in Counter(idea.id for idea in pack.samples.ideas).items():
        if times > 1:
            yield Defect("samples", idea, "id", "duplicate_id", "stands twice")
    for idea in pack.samples.ideas:
        yield from (Defect("samples", idea.id, *found) for found in _wrong(pack, idea))


def _wrong(pack: Pack, idea: SampleIdea) -> Iterator[tuple[str, str, str]]:
    if pack.knows_all_places() and idea.place not in {town.name for town in pack.municipalities.municipalities}:
        yield "place", "unknown", f"not a municipality of the county: {idea.place}"
    if idea.legal_form is not None and idea.legal_form not in pack.funding.eligible_forms:
        yield "legal_form", "unknown", f"not one of eligible_forms: {idea.legal_form}"
    if {"mail": idea.email, "call": idea.phone, "none": "-"}[idea.reach] is None:
        yield "reach", "unreachable", f"nothing to reach them by: {idea.reach}"
