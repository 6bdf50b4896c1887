"""List every setting: its variable, what it is now and without it, what it is for. Of secrets only whether they are set."""

import os
from typing import Annotated

import typer
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from deploy.app import SERVICES, settings_of
from deploy.output import table

NAME = "settings"
HIDDEN = ("secret", "password", "url")  # a URL may carry a password
SHOWN = ("public_url",)


def run(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False) -> None:
    rows: list[dict[str, object]] = []
    for settings in settings_of(SERVICES):
        prefix, wrong = settings.model_config.get("env_prefix", ""), defects(settings)
        for name, field in settings.model_fields.items():
            variable = prefix + name.upper()
            secret = name.split("_")[-1] in HIDDEN and name not in SHOWN
            default = "" if field.default is None or secret else str(field.default)
            told = os.environ.get(variable)  # as somebody wrote it: how it is read is pydantic's
            now = default if told is None else "set" if secret else told
            if name in wrong:
                now = f"WRONG: {wrong[name]}"
            rows.append({"variable": variable, "now": now, "default": default, "for": field.description or ""})
    table(rows, as_json)


def defects(settings: type[BaseSettings]) -> dict[str, str]:
    """What is wrong, by the name of the setting; never a value."""
    try:
        settings()
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        return {str(defect["loc"][0]): defect["msg"] for defect in found if defect["loc"]}
    return {}
