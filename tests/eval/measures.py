"""What is measured, as the README beside the data defines it."""

from collections.abc import Mapping, Sequence

import numpy as np

from services.matching.domain.assessor import Opinion
from shared.events.entry import Actor, AnyEntry, Scheme
from shared.events.idea_matched import Match
from tests.eval.rows import Row

DEEP = 10


def ndcg(ranked: Sequence[str], grades: Mapping[str, float]) -> float:
    """Gain 2^grade - 1, discount log2(rank + 1), cut at 10; in [0, 1]. `grades` has at least one above 0."""

    def worth(gained: Sequence[float]) -> float:
        return sum((2**grade - 1) / np.log2(rank + 2) for rank, grade in enumerate(gained[:DEEP]))

    return worth([grades.get(i, 0.0) for i in ranked]) / worth(sorted(grades.values(), reverse=True))


def ranking(rows: Sequence[Row], opinions: Mapping[str, Opinion]) -> dict[str, float]:
    """Mean nDCG@10 over the ideas for matching that have something relevant of the kind."""
    found: dict[str, list[float]] = {"actors nDCG@10": [], "funding nDCG@10": []}
    for row in rows:
        for name, grades, matches in (
            ("actors nDCG@10", row.actors, opinions[row.id].actors),
            ("funding nDCG@10", row.schemes, opinions[row.id].schemes),
        ):
            if row.route == "match" and any(grades.values()):
                found[name].append(ndcg([m.entry_id for m in matches], grades))
    return {name: float(np.mean(values)) for name, values in found.items()}


def labelling(rows: Sequence[Row], opinions: Mapping[str, Opinion]) -> dict[str, float]:
    """Of ideas for matching: is our first label one of theirs, or their first; over all, and over those not abstained."""
    judged = [(row, opinions[row.id]) for row in rows if row.route == "match"]
    told = [(row, o) for row, o in judged if not o.abstained]
    hits = {"any": lambda row: row.labels, "main": lambda row: row.labels[:1]}
    return {
        f"first label is {name}, {among}": float(
            np.mean([bool(o.labels) and o.labels[0].challenge in of(r) for r, o in pairs])
        )
        for among, pairs in (("all", judged), ("when sure", told))
        for name, of in hits.items()
    }


def abstaining(rows: Sequence[Row], opinions: Mapping[str, Opinion]) -> dict[str, float]:
    """How many of those that a person must read are held back, by route; and how many of the others in vain."""

    def share(wanted: Sequence[bool]) -> float:
        return float(np.mean(wanted)) if wanted else float("nan")

    def held(*routes: str) -> float:
        return share([opinions[row.id].abstained for row in rows if row.route in routes])

    known = [row for row in rows if row.route == "match" and row.idea.language in ("sv", "en")]
    return {
        "acute, as acute": share([opinions[r.id].abstained_why == "acute" for r in rows if r.route == "acute"]),
        "reject": held("reject"),
        "triage": held("triage"),
        "in vain, Swedish and English": share([opinions[row.id].abstained for row in known]),
        "in vain, all languages": held("match"),
        "called acute in vain": share([opinions[r.id].abstained_why == "acute" for r in rows if r.route == "match"]),
    }


def placing(rows: Sequence[Row], opinions: Mapping[str, Opinion]) -> dict[str, float]:
    """Of ideas for matching: all municipalities right; where we said one, how often it was among the right ones."""
    judged = [(row, opinions[row.id].municipalities) for row in rows if row.route == "match"]
    return {
        "all right": float(np.mean([set(said) == set(row.municipalities) for row, said in judged])),
        "first is right, when one is said": float(np.mean([s[0] in r.municipalities for r, s in judged if s])),
        "one is said": float(np.mean([bool(said) for _, said in judged])),
    }


def wrongly_listed(rows: Sequence[Row], opinions: Mapping[str, Opinion], entries: Sequence[AnyEntry]) -> int:
    """Entries in lists that are closed or cannot be where the idea is, by the annotators' municipalities. Must be 0."""
    known = {(e.kind, e.id): e for e in entries if isinstance(e, Actor | Scheme)}

    def wrong(row: Row, match: Match) -> bool:
        entry = known[match.kind, match.entry_id]
        where = entry.municipalities if isinstance(entry, Actor) else entry.geography.municipalities
        closed = isinstance(entry, Scheme) and entry.status == "stangd"
        return closed or bool(row.municipalities and not set(where) & set(row.municipalities))

    return sum(wrong(row, match) for row in rows for o in [opinions[row.id]] for match in (*o.actors, *o.schemes))


def reliability(rows: Sequence[Row], opinions: Mapping[str, Opinion]) -> dict[str, tuple[float, float, int]]:
    """Of labels told with about this confidence: the mean confidence, the share that is right, how many."""
    told = [(x.confidence, x.challenge in r.labels) for r in rows if r.route == "match" for x in opinions[r.id].labels]
    bins = {
        f"{low:.1f}-{high:.1f}": [t for t in told if low <= t[0] < high]
        for low, high in ((0.3, 0.5), (0.5, 0.7), (0.7, 1.01))
    }
    return {
        name: (float(np.mean([c for c, _ in of])), float(np.mean([right for _, right in of])), len(of))
        for name, of in bins.items()
        if of
    }
