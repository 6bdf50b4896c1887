"""How often one visitor may try a code, a secret or a form. Counted in memory; addresses are never stored or logged."""

from collections.abc import Callable
from hashlib import blake2b

from fastapi import Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from shared.kernel.errors import TooMany


class Limits:
    """Moving windows by scope and visitor; one per platform."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def spend(self, rate: str, scope: str, visitor: str) -> None:
        """Count one try. Raise `TooMany` when the rate, such as ``10/minute``, is used up."""
        marked = blake2b(visitor.encode(), digest_size=12).hexdigest()
        if not self._windows.hit(parse(rate), scope, marked):
            raise TooMany("slow_down")


def limited(rate: str, scope: str) -> Callable[[Request], None]:
    """A dependency that counts each request of a visitor against `rate`."""

    def spend(request: Request) -> None:
        limits: Limits = request.app.state.limits
        limits.spend(rate, scope, request.client.host if request.client else "?")

    return spend
