"""Is the process making progress? Every loop beats; one that has stopped beating is stuck, and liveness says which."""

import time
from collections.abc import Callable
from functools import partial


class Pulse:
    """Beats by name. `patience` is how many seconds a loop may be silent that says nothing else of itself."""

    def __init__(self, patience: float = 120, now: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._now = patience, now
        self._due: dict[str, float] = {}  # when each must have beaten again

    def beat(self, name: str, patience: float | None = None) -> None:
        """The loop `name` is well; it beats again before `patience` seconds have gone."""
        self._due[name] = self._now() + (patience or self._patience)

    def of(self, name: str, patience: float | None = None) -> Callable[[], None]:
        """How the loop `name` beats; it has begun."""
        beat = partial(self.beat, name, patience)
        beat()
        return beat

    def silent(self) -> list[str]:
        """The loops that have not beaten for too long, sorted."""
        now = self._now()
        return sorted(name for name, due in tuple(self._due.items()) if due < now)
