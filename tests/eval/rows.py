"""The judged ideas, less those that the region pack shows as samples."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from services.matching.domain.idea_view import IdeaView

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "data" / "gavleborg" / "samples.yaml"
FORMS = {
    "privatperson": "privatperson",
    "grupp utan organisation": "informell-grupp",
    "ideell förening": "ideell-forening",
    "ekonomisk förening": "ekonomisk-forening",
    "företag": "aktiebolag",
    "kommun": "kommun",
}  # what the form would have been given; the rest did not say


@dataclass(frozen=True, slots=True)
class Row:
    """An idea as it was sent, and what two annotators thought of it. Grades are 0-3, by entry id."""

    id: str
    idea: IdeaView
    kin: frozenset[str]  # ideas that are alike, itself included: never on both sides of a split
    route: str  # match, triage, acute or reject
    labels: Sequence[str]  # challenges, main first
    either: Sequence[str]  # those that at least one annotator gave
    municipalities: Sequence[str]
    actors: Mapping[str, float]
    schemes: Mapping[str, float]


def rows() -> tuple[Row, ...]:
    """Every judged idea that is not a sample, in order of id."""
    shown = set(yaml.safe_load(SAMPLES.read_text("utf-8"))["evaluation_leaves_out"]) if SAMPLES.exists() else set()
    judged = {j["id"]: j for j in _lines("judgements_dev.jsonl")}
    told = {i["id"]: i for i in _lines("ideas_dev.jsonl")}
    return tuple(_row(told[key], judged[key], _kin(key, told)) for key in sorted(told) if key not in shown)


def _lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines() if line]


def _kin(key: str, told: Mapping[str, dict]) -> frozenset[str]:
    """All that is tied to an idea, however many steps away, by being the same, the same kind, or alike in words."""
    ties = [(i, told[i][how]) for i in told for how in ("duplicate_of", "same_kind_as", "lookalike_of") if told[i][how]]
    kin: set[str] = {key}
    while more := {x for tie in ties for x in tie if kin & set(tie)} - kin:
        kin |= more
    return frozenset(kin)


def _row(told: dict, judged: dict, kin: frozenset[str]) -> Row:
    words = "\n".join(filter(None, (told["title"], told["text"])))
    form = FORMS.get(told["submitter_kind"])
    return Row(
        id=told["id"],
        idea=IdeaView(text=words, language=told["language"], place=told["municipality"], legal_form=form),
        kin=kin,
        route=judged["route"],
        labels=judged["labels"],
        either=judged["labels_either"],
        municipalities=judged["municipalities"],
        actors=judged["relevance"]["actors"],
        schemes=judged["relevance"]["funding"],
    )
