"""What a partner may see of a question, in the state that it is in: after a withdrawal nothing, after a yes also who."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.domain.contact import Contact
from services.notify.domain.referral import Referral, State
from services.notify.domain.work import Work
from services.notify.queries.letter import as_asked
from services.notify.queries.released import released
from shared.events.entry import AnyEntry, Municipality
from shared.events.idea_matched import Match
from shared.events.idea_received import IdeaReceived
from shared.kernel.errors import NotFound
from shared.kernel.ids import ReferralId


@dataclass(frozen=True, slots=True)
class Lead:
    """`idea` is masked, and None when they are not asked any more; `contact` only while the answer is yes.

    `town` and `match` are as they were when the partner was asked; `moved` is where the holder said since that it lives.
    """

    referral: Referral
    withdrawn: bool
    actor_id: str
    actor_name: str
    idea: IdeaReceived | None
    town: Municipality | None
    moved: Municipality | None
    match: Match | None
    labels: tuple[AnyEntry, ...]
    contact: Contact | None
    knew: bool  # who the holder is, from a yes that may have ended since
    entries: Mapping[str, AnyEntry]


def lead(referral_id: ReferralId, work: Work) -> Lead:
    """Raise `NotFound`."""
    referral = work.referrals.get(referral_id)
    case = work.cases.get(referral.idea_id) if referral else None
    if referral is None or case is None:
        raise NotFound("no_such_referral")
    key = f"actor:{referral.actor_id}"
    actor = work.entries.by_key([key]).get(key)
    place, match = as_asked(referral, case, work)
    about = [f"challenge:{label.challenge}" for label in case.classified.labels] if case.classified else []
    keys = [*about, f"municipality:{place}", f"municipality:{case.municipality}"]
    keys += [f"{n}:{v}" for r in (match.reasons if match else ()) for n, v in r.params.items()]
    entries = work.entries.by_key(keys)
    town, now = entries.get(f"municipality:{place}"), entries.get(f"municipality:{case.municipality}")
    visible = referral.state in (State.REQUESTED, State.ACCEPTED) and case.withdrawn_at is None
    return Lead(
        referral=referral,
        withdrawn=case.withdrawn_at is not None,
        actor_id=referral.actor_id,
        actor_name=actor.name if actor else referral.actor_id,
        idea=case.received if visible else None,
        town=town if isinstance(town, Municipality) else None,
        moved=now if isinstance(now, Municipality) and place != case.municipality else None,
        match=match,
        labels=tuple(entries[k] for k in about if k in entries),
        contact=released(referral, work),
        knew=any(d.referral_id == referral_id for d in work.referrals.disclosures(referral.idea_id)),
        entries=entries,
    )
