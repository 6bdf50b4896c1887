"""What every test has: quiet logs, and no settings of the machine that it runs on."""

import io
import os

import pytest

from shared.telemetry.logging import set_up


@pytest.fixture(autouse=True, scope="session")
def quiet() -> None:
    """Log lines go nowhere, unless a test reads them."""
    for name in [n for n in os.environ if n.startswith("GORT_") and not n.startswith("GORT_REQUIRE")]:
        del os.environ[name]
    set_up("error", io.StringIO())
