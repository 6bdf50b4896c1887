"""W3C trace context, so that one idea can be followed from the form to the partner's mail."""

import re
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def traceparent() -> str:
    """The trace that we are in, or a new one: ``00-<trace>-<span>-01``."""
    return _current.get() or f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


@contextmanager
def continuing(parent: str | None) -> Generator[str]:
    """Go on in the trace of `parent` with a span of our own; start a new one when it is absent or malformed."""
    good = parent if parent and _TRACEPARENT.fullmatch(parent) else traceparent()
    token = _current.set(f"{good[:36]}{secrets.token_hex(8)}{good[52:]}")
    try:
        yield good
    finally:
        _current.reset(token)
