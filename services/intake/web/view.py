"""What the holder's page shows, put together from what intake knows: names by the directory, sentences by code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.idea import Idea
from services.intake.domain.progress import Progress, Step
from services.intake.domain.work import Work
from services.intake.web.sentences import BASIS, GONE, LISTS, MONEY_REASONS, REASONS, SHOWN, STEPS, WHY_NOT, phrasebook
from shared.events.entry import Actor, AnyEntry, Municipality, Scheme
from shared.events.idea_matched import Match
from shared.web.i18n import gettext, pick


@dataclass(frozen=True, slots=True)
class Fit:
    """Somebody, or some money, that fits: why in a sentence, and what comes first."""

    entry: Actor | Scheme
    why: str
    first: tuple[str, ...]
    step: Step | None  # that we asked them


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Who was shown what, when, and on what basis."""

    who: str
    what: tuple[str, ...]
    since: datetime
    basis: str


@dataclass(frozen=True, slots=True)
class HolderView:
    idea: Idea
    progress: Progress
    guess: Municipality | None  # where we think that the idea lives, not confirmed yet
    place: Municipality | None  # where the holder said that it lives
    towns: Sequence[AnyEntry]
    about: tuple[str, ...]
    people: tuple[Fit, ...]
    money: tuple[Fit, ...]
    disclosures: tuple[Disclosure, ...]
    names: Mapping[str, str]  # of the actors in steps, by id, as the directory has them

    def who(self, step: Step) -> str:
        """What the actor of a step is called; as notify called it when the directory does not know it any more."""
        return self.names.get(step.actor_id, step.actor_name)

    @property
    def to_ask(self) -> bool:
        """Does nothing happen until the holder lets us show the idea? An operator who rang may have heard them say so."""
        return bool(self.idea.told and not self.idea.told.may_share and not self.disclosures and not self.acute)

    @property
    def acute(self) -> bool:
        """May somebody be in danger? Then help comes first on the page, and nothing about people and money."""
        read = self.progress.classified
        return bool(read and read.abstained_why == "acute")

    def why_not(self, step: Step) -> str:
        """Why somebody said no, kindly."""
        return gettext(WHY_NOT.get(str(step.params.get("reason")), WHY_NOT["other"]))

    def why_gone(self, step: Step) -> str:
        """Why somebody who was asked is not asked any more."""
        return gettext(GONE.get(str(step.params.get("reason")), GONE["operator"]))


def holder_view(idea: Idea, progress: Progress, work: Work) -> HolderView:
    """Everything in the language that is spoken. What the directory does not know (yet) is left out."""
    towns = work.entries.of_kind("municipality")
    by_code = {t.id: t for t in towns if isinstance(t, Municipality)}
    guessed = progress.classified.municipalities[:1] if progress.classified else ()
    known = work.entries.by_key(_keys(progress))
    labels = progress.classified.labels if progress.classified else ()
    names = [known[k] for label in labels if (k := f"challenge:{label.challenge}") in known]
    entries = {**known, **{f"municipality:{code}": town for code, town in by_code.items()}}
    matched = progress.matched
    asked = {step.actor_id for step in progress.steps}
    called = {i: pick(e.name, e.name_en) for i in asked if (e := known.get(f"actor:{i}"))}
    return HolderView(
        idea=idea,
        progress=progress,
        guess=by_code.get(guessed[0]) if guessed and not idea.confirmed else None,
        place=by_code.get(idea.confirmed) if idea.confirmed else None,
        towns=towns,
        about=tuple(pick(e.name, e.name_en) for e in names),
        people=_fits(matched.actors if matched else (), entries, progress, REASONS),
        money=_fits(matched.schemes if matched else (), entries, progress, MONEY_REASONS),
        disclosures=_disclosures(progress, called),
        names=called,
    )


def _keys(progress: Progress) -> list[str]:
    matches = (*progress.matched.actors, *progress.matched.schemes) if progress.matched else ()
    keys = [f"actor:{step.actor_id}" for step in progress.steps]
    keys += [f"{m.kind}:{m.entry_id}" for m in matches]
    keys += [f"challenge:{label.challenge}" for label in (progress.classified.labels if progress.classified else ())]
    for reason in (r for m in matches for r in (*m.reasons, *m.missing)):
        for name, value in reason.params.items():
            kind = LISTS.get(name)
            keys += [f"term:{kind}:{code}" for code in str(value).split(",")] if kind else [f"{name}:{value}"]
    return list(dict.fromkeys(keys))


def _fits(
    matches: Sequence[Match], entries: dict[str, AnyEntry], progress: Progress, reasons: dict[str, str]
) -> tuple[Fit, ...]:
    why, steps = phrasebook(reasons, entries), phrasebook(STEPS, entries)
    asked = {step.actor_id: step for step in progress.steps if step.kind == "requested"}
    found: list[Fit] = []
    for match in matches:
        entry = entries.get(f"{match.kind}:{match.entry_id}")
        if isinstance(entry, Actor | Scheme):
            because = " ".join(filter(None, (why.say(r.code, r.params) for r in match.reasons[:2])))
            first = tuple(filter(None, (steps.say(r.code, r.params) for r in match.missing[:3])))
            found.append(Fit(entry, because, first, asked.get(entry.id)))
    return tuple(found)


def _disclosures(progress: Progress, called: Mapping[str, str]) -> tuple[Disclosure, ...]:
    """Each time somebody was shown something, as notify told it."""
    found: list[Disclosure] = []
    for step in progress.steps:
        if shown := step.texts("disclosed"):
            what = tuple(gettext(SHOWN[code]) for code in shown if code in SHOWN)
            basis = gettext(BASIS.get(str(step.params.get("basis")), BASIS["accepted"]))
            found.append(Disclosure(called.get(step.actor_id, step.actor_name), what, step.at, basis))
    return tuple(found)
