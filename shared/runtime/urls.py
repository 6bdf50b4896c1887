"""Where each part of the platform is found: one table of prefixes, in one process and behind a proxy alike."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Urls:
    """`prefixes[service][area]` is a path without a trailing slash; mail links begin with `public`."""

    prefixes: Mapping[str, Mapping[str, str]]
    public: str
    sign_in: str = "/logga-in"  # where operators sign in

    def prefix(self, service: str, area: str) -> str:
        """Raise `KeyError` when the table does not know the area."""
        return self.prefixes[service][area]

    def path(self, service: str, area: str, rest: str = "") -> str:
        """A path on this platform, such as a link on a page."""
        return self.prefix(service, area) + rest or "/"

    def link(self, service: str, area: str, rest: str = "") -> str:
        """A whole address, such as a link in a mail."""
        return self.public.rstrip("/") + self.path(service, area, rest)
