"""One lead: one idea, offered to one partner, until it has an outcome. States follow HL7 FHIR's Task for Referral Management.

    draft -> requested -> accepted        draft, requested, accepted -> cancelled
                       -> rejected        accepted, rejected -> requested   (undone within the hour)

Only the states of the first light are here; the others join the table as they come.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.events.idea_matched import Match
from shared.kernel.errors import Conflict
from shared.kernel.ids import ActorId, IdeaId, MunicipalityCode, ReferralId

_SPACE = uuid.UUID("8d9f3c52-6b0e-4d5e-9a43-1f2c7e60b7aa")  # of the names of referrals: never change it
UNDO = timedelta(hours=1)
POLICY = "policy"  # who, in the history, when it was not a person
MATCHED_AGAIN = "matched_again"  # why a draft was taken back that a newer match no longer has
MOVED = "moved"  # the holder corrected the place, and this partner does not work there
TAKEN = "taken_by_another"  # another partner said yes
NOT_A_NO = frozenset({MATCHED_AGAIN, MOVED, TAKEN})  # taken back, and can be asked another time


class State(StrEnum):
    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


FHIR: Mapping[State, str] = {  # Task.status
    State.DRAFT: "draft",
    State.REQUESTED: "requested",
    State.ACCEPTED: "accepted",
    State.REJECTED: "rejected",
    State.CANCELLED: "cancelled",
}
LEGAL: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REQUESTED, State.CANCELLED}),
    State.REQUESTED: frozenset({State.ACCEPTED, State.REJECTED, State.CANCELLED}),
    State.ACCEPTED: frozenset({State.REQUESTED, State.CANCELLED}),
    State.REJECTED: frozenset({State.REQUESTED}),
    State.CANCELLED: frozenset(),
}
OPEN = frozenset({State.DRAFT, State.REQUESTED, State.ACCEPTED})
REASONS = ("no_capacity", "not_a_fit", "outside_area", "wrong_stage", "duplicate", "referred_elsewhere", "other")


def from_fhir(status: str) -> State:
    """The state behind a FHIR Task.status. Raise `ValueError` for one that we do not use."""
    for state, code in FHIR.items():
        if code == status:
            return state
    raise ValueError(f"no referral is {status!r}")


def id_for(idea_id: IdeaId, actor_id: ActorId, before: int) -> ReferralId:
    """The name of the referral that comes after `before` others of the same idea to the same actor.

    Derived, so that one that is planned anew from a backup is the one that was mailed: same link, same Message-ID.
    It is no secret: what opens a question is signed.
    """
    return ReferralId(uuid.uuid5(_SPACE, f"{idea_id} {actor_id} {before}").hex)


@dataclass(frozen=True, slots=True)
class Change:
    """One transition: who did it, when, and why where that is asked for."""

    at: datetime
    who: str
    before: State | None
    after: State
    why: str = ""


@dataclass(frozen=True, slots=True)
class AsAsked:
    """What stood in the question when it went out: where the idea lived, and why this partner. It stays so on their page."""

    referral_id: ReferralId
    idea_id: IdeaId
    place: MunicipalityCode | None
    match: Match | None


@dataclass(frozen=True, slots=True)
class Referral:
    """Every open one has an owner and a due day. `round` counts how often it was asked: it is in the lead's Message-ID."""

    referral_id: ReferralId
    idea_id: IdeaId
    actor_id: ActorId
    state: State
    owner: str  # "operator" or "partner": whose turn it is
    due: date
    created_at: datetime
    changed_at: datetime
    remedy: str = ""  # of a draft: what an operator must do first
    round: int = 0
    asked_at: datetime | None = None
    answered_by: str = ""
    reason: str = ""
    words: str = ""

    def to(self, state: State, at: datetime, who: str, why: str = "") -> tuple["Referral", Change]:
        """The referral in another state, and the change to remember. Raise `Conflict` that lists the legal ones."""
        if state not in LEGAL[self.state]:
            raise self._illegal()
        return replace(self, state=state, changed_at=at), Change(at, who, self.state, state, why)

    def request(self, due: date, at: datetime, who: str) -> tuple["Referral", Change]:
        """Ask the partner; the clock runs. Raise `Conflict` for one that was asked before: only `undo` reopens it."""
        if self.state is not State.DRAFT:
            raise self._illegal()
        asked, change = self.to(State.REQUESTED, at, who)
        return replace(asked, owner="partner", due=due, asked_at=at, round=self.round + 1, remedy=""), change

    def accept(self, by: str, contact_by: date, at: datetime) -> tuple["Referral", Change]:
        yes, change = self.to(State.ACCEPTED, at, by)
        return replace(yes, answered_by=by, due=contact_by), change

    def reject(self, by: str, reason: str, words: str, at: datetime) -> tuple["Referral", Change]:
        """Raise `Conflict` when the reason is not one of `REASONS`: a no without one teaches nothing."""
        if reason not in REASONS:
            raise Conflict("reason_missing")
        no, change = self.to(State.REJECTED, at, by, reason)
        return replace(no, answered_by=by, reason=reason, words=words[:1000], owner=""), change

    def undo(self, due: date, at: datetime, who: str) -> tuple["Referral", Change]:
        """Take back an answer within the hour: a mis-click. Raise `Conflict` when it is too late, or there is none."""
        if self.state not in (State.ACCEPTED, State.REJECTED):
            raise self._illegal()
        if at - self.changed_at > UNDO:
            raise Conflict("too_late_to_undo")
        back, change = self.to(State.REQUESTED, at, who, "undone")
        return replace(back, answered_by="", reason="", words="", owner="partner", due=due), change

    def cancel(self, at: datetime, who: str, why: str) -> tuple["Referral", Change]:
        gone, change = self.to(State.CANCELLED, at, who, why)
        return replace(gone, owner="", reason=why), change

    def _illegal(self) -> Conflict:
        legal = ",".join(sorted(LEGAL[self.state])) or "-"
        return Conflict("illegal_transition", params={"state": str(self.state), "legal": legal})

    @property
    def tried(self) -> bool:
        """Has its partner said no, or a person decided against it? Then the rules never propose it for this idea again."""
        return self.reason not in NOT_A_NO

    def late(self, today: date) -> bool:
        """Is somebody waiting longer than promised?"""
        return self.state in (State.REQUESTED, State.ACCEPTED) and today > self.due
