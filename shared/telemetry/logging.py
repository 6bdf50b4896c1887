"""One JSON line per thing that happened. Only the fields named here pass: free text cannot leak personal data."""

import logging
import sys
import time
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

FIELDS = frozenset({
    "event", "level", "timestamp", "service", "idea", "referral", "delivery", "stream", "reaction", "event_id",
    "event_type", "entry", "job", "notifier", "outcome", "reason", "error", "where", "attempt", "count", "seconds",
    "file", "status", "route", "method", "address", "trace", "parked",
})  # fmt: skip


def only_known_fields(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Drop what is not in `FIELDS`: a new field is a decision, not an accident."""
    return {k: v for k, v in line.items() if k in FIELDS}


def cause(error: BaseException) -> dict[str, str]:
    """What to log of an exception: its type, a database's own code for it (``SQLITE_FULL``: the disk is), and the line.

    Never its message or its values.
    """
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "?"
    told = getattr(error, "orig", None)  # SQLAlchemy keeps the driver's error there
    code = getattr(told, "sqlite_errorname", None) or getattr(told, "sqlstate", None)
    return {"error": " ".join(filter(None, (type(error).__name__, code))), "where": where}


def set_up(level: str = "info", stream: TextIO | None = None) -> None:
    """Send every line of this process to `stream` (default stderr) as JSON."""
    number = getattr(logging, level.upper())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_known_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
    )
    root = logging.getLogger()
    if not any(isinstance(handler, _Libraries) for handler in root.handlers):
        root.addHandler(_Libraries())


class _Libraries(logging.Handler):
    """What a library logs becomes a line that says who and where, never what: its words may hold anything.

    A place that goes on is heard once a minute: some do ten times a second.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._silent: dict[tuple[str, str, str | None], float] = {}  # until when each place has been heard

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        where, now = f"{record.filename}:{record.lineno}", time.monotonic()
        if now >= self._silent.get((record.name, where, kind), 0):
            self._silent[record.name, where, kind] = now + 60
            told = {"error": kind} if kind else {}
            logger("process").warning("a library complained", reason=record.name, where=where, **told)


def logger(service: str) -> structlog.typing.FilteringBoundLogger:
    """A logger that says which service speaks."""
    return structlog.get_logger(service=service)
