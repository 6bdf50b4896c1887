"""What can go wrong, as a tree.

GortError
├── Refused        the wish cannot be granted; the person can do something about it (4xx)
│   ├── NotFound   there is no such thing, or not for you (404)
│   ├── Conflict   not in the state it is in (409)
│   ├── Gone       it was there, and is not any more (410)
│   └── TooMany    slow down (429)
├── Transient      try again: the same call may succeed later
└── Permanent      trying again cannot help: park it
"""

from collections.abc import Mapping


class GortError(Exception):
    """Root of everything that this platform raises on purpose."""


class Refused(GortError):
    """A wish that cannot be granted. `code` names the reason on the wire; the words are made where they are shown.

    `params` fill the words and may be shown to the one who asked; never put personal data there.
    `field` is the form field or JSON property to look at, if there is one.
    """

    status = 422

    def __init__(self, code: str, *, field: str | None = None, params: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params: Mapping[str, object] = params or {}


class NotFound(Refused):
    status = 404


class Conflict(Refused):
    status = 409


class Gone(Refused):
    status = 410


class TooMany(Refused):
    status = 429


class Transient(GortError):
    """Something outside did not answer as it should; the same call may succeed later."""


class Permanent(GortError):
    """Trying again cannot help. The message is stored and shown to operators: no personal data in it."""
