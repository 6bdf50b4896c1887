"""Finds the numbers of `domain/fitted.py` from judged ideas. Few of them, so that they mean something elsewhere too."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from services.matching.domain.assessor import Assessor
from services.matching.domain.fitted import Fitted, Linear
from services.matching.domain.ranker import Ranker, excluded
from services.matching.domain.signal import Offer
from services.matching.signals import challenge, door, ease, likeness, place, precedent
from shared.events.entry import AnyEntry
from tests.eval.rows import Row

PACK = Path(__file__).parents[2] / "data" / "gavleborg"
SIGNALS = (challenge, door, ease, likeness, place, precedent)
LABELS = ("likeness", "keywords")
ACTORS = ("likeness", "challenge", "place", "door", "precedent")
SCHEMES = ("likeness", "challenge", "place", "ease", "precedent", "steps")
RIDGE = 50.0  # of some 4 000 pairs; from 5 to 300 it changes nothing that can be measured


def fit(entries: Sequence[AnyEntry], rows: Sequence[Row]) -> Fitted:
    """From ideas for matching alone; the labels first, since rankings use them."""
    judged = [row for row in rows if row.route == "match"]
    labels = _odds(Assessor(entries, ()), judged)
    with_labels = Assessor(entries, SIGNALS, Fitted(labels, Linear(0.0), Linear(0.0)))
    actors = _gain(with_labels, with_labels.actors, judged, ACTORS)
    schemes = _gain(with_labels, with_labels.schemes, judged, SCHEMES)
    step = schemes.weights["steps"]  # too few conditions of actors to tell by: a step weighs there what it does here
    return Fitted(labels, Linear(actors.intercept, {**actors.weights, "steps": step}), schemes)


def _odds(assessor: Assessor, rows: Sequence[Row]) -> Linear:
    """Logistic regression over (idea, challenge) pairs, of ideas in languages that the directory is written in."""
    readable = [row for row in rows if row.idea.language in ("sv", "en")]
    x = np.concatenate([_columns(assessor.classifier.features(row.idea.text), LABELS) for row in readable])
    y = np.concatenate([[c in row.labels for c in assessor.classifier.ids] for row in readable])
    model = LogisticRegression().fit(x, y)
    return _linear(model.intercept_[0], LABELS, model.coef_[0])


def _gain(assessor: Assessor, ranker: Ranker, rows: Sequence[Row], names: Sequence[str]) -> Linear:
    """Ridge regression of 2^grade - 1 on the features, both less their mean within the idea; open entries only.

    What sets entries of one idea apart is all that a ranking needs; across ideas, the number judged relevant differs.
    The intercept makes the mean come out, so that a score is an expected gain.
    """
    x: list[np.ndarray] = []
    y: list[np.ndarray] = []
    for row in rows:
        idea = assessor.look(row.idea)
        may = np.array([not excluded(offer, idea) for offer in ranker.offers])
        x.append(_columns(ranker.features(idea), names)[may])
        y.append(np.array([2.0 ** _grade(row, offer) - 1 for offer in ranker.offers])[may])
    a, b = (np.concatenate([part - part.mean(0) for part in parts]) for parts in (x, y))
    size = a.std(0) + 1e-9
    a = a / size
    weights = np.linalg.solve(a.T @ a + RIDGE * np.eye(len(names)), a.T @ b) / size
    return _linear(float(np.mean(np.concatenate(y)) - np.concatenate(x).mean(0) @ weights), names, weights)


def _grade(row: Row, offer: Offer) -> float:
    return (row.actors if offer.kind == "actor" else row.schemes).get(offer.id, 0.0)


def _columns(features: Mapping[str, np.ndarray], names: Sequence[str]) -> np.ndarray:
    """Shape (n_entries, n_names)."""
    return np.stack([features[name] for name in names], axis=1)


def _linear(intercept: float, names: Sequence[str], weights: Sequence[float]) -> Linear:
    return Linear(round(float(intercept), 2), {n: round(float(w), 2) for n, w in zip(names, weights, strict=True)})
