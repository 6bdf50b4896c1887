"""How often one visitor may try a code, a secret or a form. Counted in memory; addresses are never stored or logged."""

import os
import time
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from math import ceil

from fastapi import Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from shared.kernel.errors import TooMany


class Limits:
    """Moving windows by scope and visitor; one per platform."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._salt = os.urandom(16)  # forgotten with the process: a mark cannot be turned back into an address

    def spend(self, rate: str, scope: str, visitor: str) -> None:
        """Count one try. Raise `TooMany` when the rate, such as ``10/minute``, is used up; it says for how many `seconds`."""
        allowed = parse(rate)
        marked = blake2b(visitor.encode(), digest_size=12, key=self._salt).hexdigest()
        if not self._windows.hit(allowed, scope, marked):
            free = self._windows.get_window_stats(allowed, scope, marked).reset_time
            raise TooMany("slow_down", params={"seconds": max(1, ceil(free - time.time()))})


def visitor(request: Request) -> str:
    """Whom the address of a request stands for. An IPv6 subscriber has a whole /64 to choose addresses from."""
    host = request.client.host if request.client else "?"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else host


def limited(rate: str, scope: str) -> Callable[[Request], None]:
    """A dependency that counts each request of a visitor against `rate`."""

    def spend(request: Request) -> None:
        limits: Limits = request.app.state.limits
        limits.spend(rate, scope, visitor(request))

    return spend
