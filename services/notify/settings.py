"""What can be set for notify."""

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

RATE = r"^\d+/(second|minute|hour|day)$"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GORT_NOTIFY_", frozen=True)

    database_url: str | None = Field(default=None, description="Notify's database; a file in GORT_DATA if absent")
    policy: str = Field(
        default="confirm", pattern="^(confirm|auto)$", description="confirm: an operator sends; auto: at once"
    )
    threshold: float = Field(default=0.28, ge=0, le=1, description="auto: the least score of an actor that is asked")
    most_asked: int = Field(
        default=3, ge=1, le=10, description="auto: how many are asked before an operator takes over"
    )
    answer_days: int = Field(default=10, ge=1, le=60, description="Working days that a partner has to answer")
    contact_days: int = Field(default=5, ge=1, le=30, description="Working days to be in touch after a yes")
    country: str = Field(default="SE", description="The country whose public holidays are no working days (ISO 3166)")
    link_days: int = Field(default=90, ge=1, le=365, description="Days that an answer link can be opened")
    demo_domain: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9.-]+\.example$",
        description="Give every checked actor an address that leads nowhere",
    )
    notifier: str | None = Field(
        default=None, description="What carries mail: smtp where there is a mail server, otherwise mailbox"
    )
    smtp_host: str | None = Field(
        default=None, description="The mail server; without one, mail goes to the mailbox page"
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="The mail server's port")
    smtp_user: str | None = Field(default=None, description="The mail server's user")
    smtp_password: SecretStr | None = Field(default=None, description="The mail server's password")
    smtp_tls: str = Field(
        default="starttls", pattern="^(starttls|tls|none)$", description="How the connection is protected"
    )
    live_mail: bool = Field(default=False, description="Mail real addresses too; otherwise only those under .example")
    operators: str = Field(default="", description="Who may sign in: mail addresses with commas between")
    signin_rate: str = Field(default="10/minute", pattern=RATE, description="Sign-in attempts from one address")
    answer_rate: str = Field(default="120/minute", pattern=RATE, description="Answer pages that one address may open")

    @field_validator("country")
    @classmethod
    def _has_a_calendar(cls, country: str) -> str:
        if country != "SE":
            import holidays  # late: few deployments need to look

            if country not in holidays.list_supported_countries():
                raise ValueError("no calendar of public holidays is known for this country")
        return country

    @property
    def operator_addresses(self) -> tuple[str, ...]:
        return tuple(part.strip().casefold() for part in self.operators.split(",") if part.strip())
