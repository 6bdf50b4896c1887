"""What can be set for matching."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GORT_MATCHING_", frozen=True)

    database_url: str | None = Field(default=None, description="Matching's database; a file in GORT_DATA if absent")
    patience: float = Field(
        default=60.0, ge=0, description="Seconds without news after which a directory that lacks entries is used anyway"
    )
