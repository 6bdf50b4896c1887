"""What a command says when it cannot go on: one clear line a cause, what to do, and exit code 1. Never a traceback."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from shared.kernel.errors import GortError
from shared.runtime.settings import SettingsRefused


class CommandFailed(GortError):
    """A command could not do what it was asked. The message says what to do."""


@contextmanager
def told() -> Generator[None]:
    """Turn errors that a person can act on into lines on stderr."""
    try:
        yield
    except SettingsRefused as error:
        fail(f"Some settings are missing or wrong:\n{error}\nSee `gort settings` for all of them.")
    except GortError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        fail(f"{error.filename or 'The system'}: {error.strerror}. See `gort settings` for where things are kept.")
    except OperationalError as error:
        fail(f"A database cannot be used ({error.orig}). Is GORT_DATA right, and is it migrated? See `gort migrate`.")


def fail(words: str) -> None:
    print(words, file=sys.stderr)
    sys.exit(1)
