"""What can be set for directory."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GORT_DIRECTORY_", frozen=True)

    database_url: str | None = Field(
        default=None, description="The directory's database; a file in GORT_DATA if absent"
    )
    look_every: float = Field(default=60, gt=0, description="Seconds between looks at whether the pack has changed")
