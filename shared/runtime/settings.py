"""Settings come from the environment, one frozen class a service. All that is wrong is said at once, at start."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.kernel.errors import GortError


class SettingsRefused(GortError):
    """One line per variable that is missing or wrong."""


class PlatformSettings(BaseSettings):
    """What all services of a deployment share."""

    model_config = SettingsConfigDict(env_prefix="GORT_", frozen=True)

    data: Path = Field(default=Path(".data"), description="Folder for databases and the generated secret")
    pack: Path = Field(default=Path("data/gavleborg"), description="Folder with the region pack")
    secret: str | None = Field(
        default=None, min_length=32, description="At least 32 characters; made and kept in the data folder if absent"
    )
    public_url: str = Field(default="http://127.0.0.1:8000", description="The address that links in mail begin with")
    host: str = Field(default="127.0.0.1", description="The address to listen on; loopback unless you say otherwise")
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on")
    proxies: str = Field(
        default="127.0.0.1", description="Addresses of proxies whose X-Forwarded-* headers are believed"
    )
    bus: str = Field(
        default="local://",
        pattern=r"^(local://|kafka://[^/,]+:\d+(,[^/,]+:\d+)*(/[A-Za-z0-9._-]*)?)$",
        description="What carries events: local:// is this process; kafka://host:port/prefix. is Apache Kafka",
    )
    replica: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9-]{1,30}$",
        description="This process's name among replicas of the same services; unique, the same at each start",
    )
    database_url: str | None = Field(
        default=None,
        pattern=r"^postgresql://.*\{service\}",
        description="PostgreSQL in place of files: postgresql://user:password@host/gort_{service}",
    )
    disks: str = Field(
        default="", description="Folders whose disks are watched, with commas between; GORT_DATA's if none is named"
    )
    otlp_url: str = Field(
        default="",
        pattern=r"^(https?://.*)?$",
        description="Where spans are sent, such as http://collector:4318/v1/traces",
    )
    log_level: str = Field(default="info", pattern=r"^(debug|info|warning|error)$", description="How much is logged")
    migrate: bool = Field(default=True, description="Bring databases to the newest schema at start")


def read_all(classes: Iterable[type[BaseSettings]]) -> list[BaseSettings]:
    """Read each class. Raise `SettingsRefused` that names every variable that is missing or wrong, never its value."""
    read: list[BaseSettings] = []
    wrong: list[str] = []
    for settings in classes:
        try:
            read.append(settings())
        except ValidationError as error:
            prefix = settings.model_config.get("env_prefix", "")
            for defect in error.errors(include_input=False, include_url=False):
                name = prefix + "_".join(str(part) for part in defect["loc"]).upper()
                wrong.append(f"{name}: {defect['msg']}")
    if wrong:
        raise SettingsRefused("\n".join(wrong))
    return read
