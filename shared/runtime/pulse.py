"""Is the process making progress? Every loop beats; one that has stopped beating is stuck, and liveness says which."""

import time
from collections.abc import Callable


class Pulse:
    """Beats by name. `patience` is how many seconds a loop may be silent."""

    def __init__(self, patience: float = 120, now: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._now = patience, now
        self._beats: dict[str, float] = {}

    def of(self, name: str) -> Callable[[], None]:
        """How the loop `name` beats."""

        def beat() -> None:
            self._beats[name] = self._now()

        beat()
        return beat

    def silent(self) -> list[str]:
        """The loops that have not beaten for too long, sorted."""
        late = self._now() - self._patience
        return sorted(name for name, at in tuple(self._beats.items()) if at < late)
