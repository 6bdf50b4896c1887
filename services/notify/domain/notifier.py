"""What carries messages to people: the Protocol that each folder in `notifiers/` fulfils."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum

from shared.kernel.ids import IdeaId


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to go. The same delivery gives the same `message_id`, however often it is tried."""

    message_id: str
    to: str
    to_name: str
    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict[str, str])
    idea_id: IdeaId | None = None


class How(Enum):
    SENT = "sent"
    LATER = "later"  # not now: try again
    FAILED = "failed"  # never: a person must look


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went, and a code that says why it did not: no personal data."""

    how: How
    reason: str = ""


Send = Callable[[Message], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Notifier:
    """`name` is in metrics and logs: never change it."""

    name: str
