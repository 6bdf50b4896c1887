"""W3C trace context, so that one idea can be followed from the form to the partner's mail.

The context always travels. Spans are told to a tracing backend only where a setting names one (`otlp.py`).
"""

import re
import secrets
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


@dataclass(slots=True)
class Span:
    """A piece of work in a trace. `name` says what kind of work: never an id, an address or a word of anybody's."""

    name: str
    trace: str  # 32 hex digits
    span: str  # 16
    parent: str | None
    began: int  # ns since 1970
    ended: int = 0
    failed: bool = False


_told: list[Callable[[Span], None]] = []  # who is told of finished spans: set once, when a process starts


def tell_spans(told: Callable[[Span], None]) -> Callable[[], None]:
    """Call `told` with each span that ends. Returns how to stop."""
    _told.append(told)
    return lambda: _told.remove(told)


def traceparent() -> str:
    """The trace that we are in, or a new one: ``00-<trace>-<span>-01``."""
    return _current.get() or f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


@contextmanager
def continuing(parent: str | None, name: str) -> Generator[Span]:
    """Go on in the trace of `parent` with a span of our own; start a new one when it is absent or malformed."""
    known = parent if parent and _TRACEPARENT.fullmatch(parent) else _current.get()
    trace = known[3:35] if known else secrets.token_hex(16)
    span = Span(name, trace, secrets.token_hex(8), known[36:52] if known else None, time.time_ns())
    token = _current.set(f"00-{trace}-{span.span}-01")
    try:
        yield span
    except BaseException:
        span.failed = True
        raise
    finally:
        _current.reset(token)
        if _told:
            span.ended = time.time_ns()
            for told in tuple(_told):
                told(span)
