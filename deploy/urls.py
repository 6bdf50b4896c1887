"""The one table of prefixes. A proxy in front of several processes is set up from it; so is a single process."""

from collections.abc import Mapping

PREFIXES: Mapping[str, Mapping[str, str]] = {
    "intake": {"pages": "", "api": "/api/intake/v1"},
    "directory": {"pages": "/katalog", "desk": "/katalog-skotsel", "api": "/api/directory/v1"},
    "matching": {"desk": "/matchning", "api": "/api/matching/v1"},
    "notify": {"answer": "/svar", "desk": "/att-gora", "signin": "/logga-in", "api": "/api/notify/v1"},
}
