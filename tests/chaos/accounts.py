"""Do the services agree on what became of each idea? What each wrote down is compared with what the others did."""

from collections.abc import Iterable
from typing import Any

from services.notify.domain.referral import State

STATES = {
    "drafted": State.DRAFT,
    "requested": State.REQUESTED,
    "reopened": State.REQUESTED,
    "accepted": State.ACCEPTED,
    "rejected": State.REJECTED,
    "cancelled": State.CANCELLED,
}


def without_a_plan(built: dict[str, Any], matched: Iterable[str]) -> list[str]:
    """Matched ideas of which notify has neither a referral, nor a draft with its reason, nor a row on the operators' list."""
    with built["notify"].store.reading() as work:
        nobody = {case.idea_id for case in work.cases.stuck() if not case.wanted}
        return [key for key in matched if key not in nobody and not _planned(work.referrals.of(key))]


def told_otherwise(built: dict[str, Any], ideas: Iterable[str]) -> list[str]:
    """Ideas whose holder reads another story than notify's referrals tell."""
    with built["notify"].store.reading() as notify, built["intake"].store.reading() as intake:
        return [
            key
            for key in ideas
            if {r.referral_id: r.state for r in notify.referrals.of(key)}
            != {name: STATES[step.kind] for name, step in intake.follow.of(key).latest().items()}
        ]


def _planned(referrals: list[Any]) -> bool:
    return bool(referrals) and all(r.remedy for r in referrals if r.state is State.DRAFT)
