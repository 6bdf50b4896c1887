"""What can be set for intake."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

RATE = r"^\d+/(second|minute|hour|day)$"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GORT_INTAKE_", frozen=True)

    database_url: str | None = Field(default=None, description="Intake's database; a file in GORT_DATA if absent")
    tell_rate: str = Field(default="60/minute", pattern=RATE, description="Ideas that one address may tell")
    code_rate: str = Field(default="20/minute", pattern=RATE, description="Codes that one address may try")
    same_form_hours: int = Field(
        default=24, ge=0, le=168, description="Hours in which a form that is sent again as it was is the same idea"
    )
    secret_rate: str = Field(default="300/minute", pattern=RATE, description="Personal pages that one address may open")
