"""When and how often to try again, as a value."""

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retry:
    """Bounded exponential backoff. `attempts` counts the first try; waits are in seconds.

    The sum of all waits stays far below a consumer's poll interval (Kafka's default: 300 s).
    """

    attempts: int = 5
    first: float = 0.05
    factor: float = 2.0
    longest: float = 2.0
    jitter: float = 0.2  # share of the wait that is random, so that replicas do not return in step

    def waits(self) -> Iterator[float]:
        """Seconds to wait before each further attempt: `attempts - 1` values."""
        wait = self.first
        for _ in range(self.attempts - 1):
            yield min(wait, self.longest) * (1 + self.jitter * random.uniform(-1, 1))  # noqa: S311
            wait *= self.factor
