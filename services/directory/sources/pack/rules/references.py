"""Codes stand in the pack's closed lists, and ids point at entries that are there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import cast

from services.directory.sources.pack.files import Pack
from shared.kernel.defects import Defect


def references(pack: Pack) -> Iterator[Defect]:
    everywhere, per_file = _allowed_everywhere(pack), _allowed_per_file(pack)
    for file, rows in pack.sourced().items():
        allowed = {**everywhere, **per_file.get(file, {})}
        for row in rows:
            for field, value in row:
                for unknown in _values(value).difference(allowed[field]) if field in allowed else ():
                    yield Defect(file, row.id, row.in_file(field), "unknown", f"not allowed or unknown: {unknown}")


def _allowed_everywhere(pack: Pack) -> Mapping[str, Collection[str]]:
    stages = {stage.id for stage in pack.actors.idea_stages}
    actors, schemes = pack.ids("actors"), pack.ids("funding")
    return {
        "challenges": pack.ids("challenges"),
        "idea_stages": stages,
        "stage": stages,
        "actor_ids": actors,
        "local_actor_ids": actors,
        "funder_actor_id": actors,
        "funding_ids": schemes,
        "local_funding_ids": schemes,
        "neighbours": pack.ids("municipalities"),
        "municipalities": pack.ids("municipalities"),
    }


def _allowed_per_file(pack: Pack) -> Mapping[str, Mapping[str, Collection[str]]]:
    actors, funding, challenges = pack.actors, pack.funding, pack.challenges
    return {
        "actors": {
            "org_type": actors.org_types,
            "contact_channel": actors.contact_channels,
            "target_groups": actors.target_groups,
            "support_types": {word.id for word in actors.support_types},
        },
        "funding": {
            "form": {word.id for word in funding.kinds},
            "eligible_forms": funding.eligible_forms,
            "status": funding.statuses,
            "paid": {word.id for word in funding.paid_codes},
            "route": {word.id for word in funding.routes},
            "requires": {word.id for word in funding.requirements},
        },
        "challenges": {
            "rus_goal_areas": {word.id for word in challenges.rus_goal_areas},
            "national_priorities": {word.id for word in challenges.national_priorities},
            "horizontal": {aspect.id for aspect in challenges.horizontal_aspects},
        },
    }


def _values(value: object) -> set[str]:
    """The codes of a field: none, one, a list, or the keys of a mapping."""
    if value is None:
        return set()
    return {value} if isinstance(value, str) else set(cast(Iterable[str], value))
