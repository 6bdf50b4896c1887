"""The few numbers that were fitted, all in one place: `python -m tests.eval --fit` finds them again and says how good they are.

Everything is linear, so that what moved a score can be said. Features mean the same in any region; a signal that is not
named here weighs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from services.matching.domain.likeness import Floats


@dataclass(frozen=True, slots=True)
class Linear:
    """An intercept and one weight a feature."""

    intercept: float
    weights: Mapping[str, float] = field(default_factory=dict[str, float])

    def __call__(self, features: Mapping[str, Floats]) -> Floats:
        """The weighted sum of features that have one shape, in that shape; at least one feature."""
        shape = next(iter(features.values())).shape
        parts = (self.weights.get(name, 0.0) * values for name, values in features.items())
        return sum(parts, np.full(shape, self.intercept))


@dataclass(frozen=True, slots=True)
class Fitted:
    """`labels` gives log odds that a challenge is right; `actors` and `schemes` the gain of an entry, 2^grade - 1."""

    labels: Linear
    actors: Linear
    schemes: Linear


MOST_GAIN = 7.0  # of grade 3: a score is the expected gain as a share of this

# labels: logistic regression over pairs of idea and challenge, Swedish and English ideas. actors, schemes: ridge regression
# within each idea (what sets entries of one idea apart, not ideas), the intercept such that the mean gain comes out.
FITTED = Fitted(
    labels=Linear(-2.17, {"likeness": 1.77, "keywords": 1.13}),
    actors=Linear(
        -0.62, {"likeness": 0.19, "challenge": 0.92, "place": 0.86, "door": 5.12, "precedent": 5.92, "steps": -0.06}
    ),
    schemes=Linear(
        -1.12, {"likeness": 0.06, "challenge": 0.65, "place": 1.74, "ease": 0.33, "precedent": 5.51, "steps": -0.06}
    ),
)
