"""List every setting: its variable, what it is for, what it is now. Secrets are never shown."""

from typing import Annotated

import typer

from deploy.app import SERVICES, settings_of
from deploy.output import table

NAME = "settings"
HIDDEN = ("secret", "password", "url")  # a URL may carry a password


def run(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False) -> None:
    rows: list[dict[str, object]] = []
    for settings in settings_of(SERVICES):
        prefix = settings.model_config.get("env_prefix", "")
        for name, field in settings.model_fields.items():
            secret = any(word in name for word in HIDDEN) and name != "public_url"
            default = "" if field.default is None or secret else field.default
            rows.append({"variable": prefix + name.upper(), "default": str(default), "for": field.description or ""})
    table(rows, as_json)
