"""The operators' one list: what waits, how long, what to do. What waits longest stands first."""

import textwrap
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from services.notify.domain.case import Case
from services.notify.domain.referral import Referral, State
from services.notify.domain.work import Work
from shared.kernel.ids import IdeaId

KINDS = ("draft", "unsure", "nobody", "late", "call", "parked", "failed")


@dataclass(frozen=True, slots=True)
class Choice:
    """How many were asked, and how well the best of the rest fits (0..1)."""

    asked: int
    score: float


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do. `key` finds what it is about: a referral, a call, a parked event, a delivery."""

    kind: str
    since: datetime
    key: str
    idea_id: IdeaId | None = None
    title: str = ""
    code: str = ""
    place: str = ""
    who: str = ""
    actor_id: str = ""
    know: str = ""  # a code: a remedy, a reason, why to call
    due: date | None = None
    choice: Choice | None = None  # where an operator has to choose


def choice_of(referral: Referral, case: Case | None, work: Work) -> Choice | None:
    """What there is to know where an operator has to choose; None where they need not."""
    if referral.remedy != "choose_actor":
        return None
    match = case.match_of(referral.actor_id) if case else None
    asked = sum(1 for r in work.referrals.of(referral.idea_id) if r.asked_at and r.tried)
    return Choice(asked, match.score if match else 0.0)


def remedy_for(referral: Referral, work: Work) -> str:
    """What is to be done about a draft; where nobody can be asked for leave, only the holder can give it."""
    contact = work.contacts.get(referral.idea_id) if referral.remedy == "ask_consent" else None
    unreachable = referral.remedy == "ask_consent" and not (contact and (contact.email or contact.phone))
    return "await_consent" if unreachable else referral.remedy


def queue(work: Work, today: date) -> list[Row]:
    """Everything that waits for an operator, oldest first; danger before everything."""
    referrals = work.referrals.waiting(today)
    calls, failed = work.desk.calls(), work.deliveries.failed()
    ideas = [r.idea_id for r in referrals] + [c.idea_id for c in calls] + [d.idea_id for d in failed if d.idea_id]
    cases = work.cases.many(ideas)
    names = {
        **{key: e.name for key, e in work.entries.by_key([f"actor:{r.actor_id}" for r in referrals]).items()},
        **{f"municipality:{m.id}": m.name for m in work.entries.of_kind("municipality")},
    }
    rows = [_of_referral(r, cases.get(r.idea_id), names, today, work) for r in referrals]
    rows += [_about(_of_stuck(case), case, names) for case in work.cases.stuck()]
    rows += [_about(Row("call", c.since, c.call_id, c.idea_id, know=c.why), cases.get(c.idea_id), names) for c in calls]
    rows += [
        _about(
            Row("failed", d.created_at, d.delivery_id, d.idea_id, know=d.reason, title=d.purpose),
            cases.get(d.idea_id) if d.idea_id else None,
            names,
        )
        for d in failed
    ]
    rows += [
        Row("parked", p.at, p.parked_key, title=p.event_type, who=p.service, know=p.reason, code=p.subject[:8])
        for p in work.desk.all_parked()
    ]
    return sorted(rows, key=lambda row: (row.know != "acute", row.since))


def _of_referral(referral: Referral, case: Case | None, names: dict[str, str], today: date, work: Work) -> Row:
    unsure = referral.state is State.DRAFT and bool(case and case.unsure)
    kind = "late" if referral.late(today) else "unsure" if unsure else "draft"
    know = _why(case) if unsure and case else remedy_for(referral, work) if kind == "draft" else "late"
    since = referral.changed_at
    row = Row(
        kind,
        since,
        referral.referral_id,
        referral.idea_id,
        who=names.get(f"actor:{referral.actor_id}", referral.actor_id),
        actor_id=referral.actor_id,
        know=know,
        due=referral.due if kind == "late" else None,
        choice=choice_of(referral, case, work),
    )
    return _about(row, case, names)


def _of_stuck(case: Case) -> Row:
    """An idea that nobody is asked about, nor anybody drafted: it must not be lost."""
    kind, know = ("unsure", _why(case)) if case.unsure else ("nobody", "nobody")
    return Row(kind, _since(case), f"case:{case.idea_id}", know=know)


def _about(row: Row, case: Case | None, names: dict[str, str]) -> Row:
    """The row with what its idea is called, and where it lives."""
    if case is None or case.received is None:
        return row
    told = case.received
    title = told.title or _start(told.text)
    return replace(
        row,
        idea_id=case.idea_id,
        title=title,
        code=told.code,
        place=names.get(f"municipality:{case.municipality}", ""),
    )


def _start(text: str) -> str:
    """The first line, cut after a word when it is long."""
    line = text.split("\n", maxsplit=1)[0]
    cut = textwrap.shorten(line, 60, placeholder="…")
    return cut if cut != "…" else line[:59] + "…"


def _why(case: Case) -> str:
    return (case.classified.abstained_why if case.classified else None) or "unsure"


def _since(case: Case) -> datetime:
    return case.received.at if case.received else datetime.min.replace(tzinfo=UTC)
