"""All that an operator needs to decide about one idea, on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.notify.commands.plan_referrals import candidates
from services.notify.domain.case import Case
from services.notify.domain.contact import Contact
from services.notify.domain.notices import Call, Disclosure, Noted
from services.notify.domain.policy import Candidate
from services.notify.domain.referral import Change, Referral
from services.notify.domain.tools import Tools
from services.notify.domain.work import Work
from services.notify.queries.queue import Choice, choice_of, remedy_for
from shared.events.entry import Actor, AnyEntry
from shared.events.idea_matched import Match
from shared.kernel.errors import NotFound
from shared.kernel.ids import ActorId, IdeaId, ReferralId


@dataclass(frozen=True, slots=True)
class Dossier:
    """`candidates` go with their match; `actors` are all that can be chosen instead. `entries` name ids, by key."""

    case: Case
    contact: Contact | None
    referrals: Sequence[Referral]
    history: Sequence[tuple[ReferralId, Change]]
    disclosures: Sequence[Disclosure]
    calls: Sequence[Call]
    notes: Sequence[Noted]
    candidates: Sequence[tuple[Candidate, Match]]
    actors: Sequence[AnyEntry]
    entries: Mapping[str, AnyEntry]
    addresses: Mapping[ActorId, str]  # where a question to each goes, if anywhere
    choices: Mapping[ReferralId, Choice]  # of drafts where an operator has to choose
    remedies: Mapping[ReferralId, str]  # what is to be done about each draft

    def name(self, actor_id: str) -> str:
        entry = self.entries.get(f"actor:{actor_id}")
        return entry.name if entry else actor_id

    def asked(self, referral_id: ReferralId) -> str:
        """Who a referral is for, by name."""
        return next((self.name(r.actor_id) for r in self.referrals if r.referral_id == referral_id), "?")

    def place(self) -> str | None:
        entry = self.entries.get(f"municipality:{self.case.municipality}")
        return entry.name if entry else None


def dossier(idea_id: IdeaId, work: Work, tools: Tools) -> Dossier:
    """Raise `NotFound`."""
    case = work.cases.get(idea_id)
    if case is None:
        raise NotFound("no_such_idea")
    actors, referrals = work.entries.of_kind("actor"), work.referrals.of(idea_id)
    found = candidates(case, work, tools)
    matches = {str(m.entry_id): m for m in (case.matched.actors if case.matched else ())}
    names = [*actors, *work.entries.of_kind("municipality"), *work.entries.of_kind("challenge")]
    return Dossier(
        case=case,
        contact=work.contacts.get(idea_id),
        referrals=referrals,
        history=work.referrals.history(idea_id),
        disclosures=work.referrals.disclosures(idea_id),
        calls=[c for c in work.desk.calls() if c.idea_id == idea_id],
        notes=work.desk.notes(idea_id, [r.actor_id for r in referrals]),
        candidates=[(c, matches[c.actor.id]) for c in found if c.actor.id in matches],
        actors=actors,
        entries={f"{e.kind}:{e.id}": e for e in names},
        choices={r.referral_id: c for r in referrals if (c := choice_of(r, case, work))},
        remedies={r.referral_id: remedy_for(r, work) for r in referrals if r.remedy},
        addresses=_addresses([r.actor_id for r in referrals], actors, work, tools),
    )


def _addresses(
    wanted: Sequence[ActorId], actors: Sequence[AnyEntry], work: Work, tools: Tools
) -> Mapping[ActorId, str]:
    asked = [a for a in actors if isinstance(a, Actor) and a.id in wanted]
    return {ActorId(a.id): address for a in asked if (address := tools.address_of(a, work))}
