"""What a service is given when it is built: everything that is not its own."""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shared.kernel.clock import Clock
from shared.kernel.keys import Keyring
from shared.runtime.settings import PlatformSettings, SettingsRefused
from shared.runtime.urls import Urls
from shared.telemetry.meters import Meters
from shared.web.region import Region

SHORTEST = 32  # characters of a secret


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
    """The platform's keys, from the setting, or from a file in the data folder that is made at the first start.

    Raise `SettingsRefused` when the folder cannot be used, or the file holds no secret.
    """
    if platform.secret is not None:
        return Keyring(platform.secret.encode())
    kept = platform.data / "secret"
    try:
        if not kept.exists():
            platform.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_secret(kept)
        secret = kept.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not text"
        raise SettingsRefused(f"GORT_DATA: {kept} cannot be used: {why}") from error
    if len(secret) < SHORTEST:
        raise SettingsRefused(
            f"{kept}: holds {len(secret)} characters, at least {SHORTEST} are needed. Put back the one that was there: "
            "with another, no link that was sent works any more. If none was sent, delete the file."
        )
    return Keyring(secret.encode())


def _make_secret(kept: Path) -> None:
    """All of the file or none of it, on disk, whatever happens meanwhile. Whoever comes second takes what is there."""
    descriptor, half = tempfile.mkstemp(prefix="secret-", dir=kept.parent)  # for its owner alone
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(SHORTEST))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(half, kept)
        folder = os.open(kept.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        Path(half).unlink()
