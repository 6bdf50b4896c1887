"""What a service is given when it is built: everything that is not its own."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from shared.kernel.clock import Clock
from shared.kernel.keys import Keyring
from shared.runtime.settings import PlatformSettings
from shared.runtime.urls import Urls
from shared.telemetry.meters import Meters
from shared.web.region import Region


@dataclass(frozen=True, slots=True)
class Environment:
    """Handed to every `build`. Nothing in it is global: two platforms can live in one process."""

    platform: PlatformSettings
    region: Region
    keys: Keyring
    clock: Clock
    meters: Meters
    urls: Urls

    def database_url(self, service: str) -> str:
        """Where a service keeps what it owns, unless its own setting says otherwise."""
        if self.platform.database_url:
            return self.platform.database_url.replace("{service}", service)
        return f"sqlite:///{self.platform.data.resolve()}/{service}.db"


def keyring(platform: PlatformSettings) -> Keyring:
    """The platform's keys, from the setting, or from a file in the data folder that is made at the first start."""
    if platform.secret is not None:
        return Keyring(platform.secret.encode())
    kept = platform.data / "secret"
    if not kept.exists():
        platform.data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return Keyring(Path(kept).read_text().strip().encode())
