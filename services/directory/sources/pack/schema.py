"""The shape of each file of a pack as JSON Schema, for editors and for whoever makes a pack for another region."""

from typing import Any

from pydantic.json_schema import models_json_schema

from services.directory.sources.pack.parse import FILES
from shared.web.region import Region


def pack_schema() -> dict[str, Any]:
    """One schema: a pack as an object of its files, by name. Rules that span fields or files are not in it."""
    files = {**FILES, "region": Region}
    references, shared = models_json_schema([(model, "validation") for model in files.values()])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Region pack",
        "type": "object",
        "properties": {f"{name}.yaml": references[model, "validation"] for name, model in files.items()},
        "required": [f"{name}.yaml" for name in files],
        "$defs": {name: _as_in_a_file(schema) for name, schema in shared["$defs"].items()},
    }


def _as_in_a_file(schema: dict[str, Any]) -> dict[str, Any]:
    """Unknown fields are refused, and the wire's mark of a kind is not written in a file."""
    if "properties" not in schema:
        return schema
    written = {name: held for name, held in schema["properties"].items() if "const" not in held or name == "may_share"}
    return {**schema, "properties": written, "additionalProperties": False}
