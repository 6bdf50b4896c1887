"""One YAML file of a region pack: read it strictly, and say what is wrong with it as defects, never as a traceback."""

import json
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

from shared.kernel.defects import Defect, PackRefused

Model = TypeVar("Model", bound=BaseModel)

if TYPE_CHECKING:
    from yaml import SafeLoader as Loader
else:  # the C parser is nine times faster
    Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PackLoader(Loader):
    """Safe YAML without its surprises: keys are text and stand once, and a date is text until a model asks for one."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in Loader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} is not text", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_mapping(path: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds, as JSON would hold it.

    Raise `PackRefused` when the file is missing, is not YAML, or holds something that JSON has no word for.
    """
    try:
        held = json.loads(json.dumps(yaml.load(path.read_text("utf-8"), _PackLoader)))  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise _refused(path, "missing_file", "there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path, "unreadable_file", f"cannot be read: {error}") from error
    except (yaml.YAMLError, TypeError, ValueError, RecursionError) as error:
        raise _refused(path, "yaml", f"not YAML that a pack may hold: {_where(error)}") from error
    if not isinstance(held, dict):
        raise _refused(path, "yaml", "a mapping is expected")
    return cast(dict[str, Any], held)


def model_from(model: type[Model], held: object, context: object = None) -> Model:
    """`held` as `model`. Raise `pydantic.ValidationError`.

    It goes by way of JSON, where Pydantic's strict mode takes a list for a tuple and text for a date, but guesses
    nothing else: `"12"` is no number and `yes` no text. Fields that the model does not have are refused at any depth.
    """
    text = json.dumps(held, ensure_ascii=False)
    return model.model_validate_json(text, strict=True, extra="forbid", context=context)


def defects_of(error: ValidationError, file: str, entry: str) -> Iterator[Defect]:
    """What Pydantic found, as defects of one entry."""
    for found in error.errors(include_url=False, include_input=False):
        yield Defect(file, entry, ".".join(map(str, found["loc"])) or "-", found["type"], found["msg"])


def _refused(path: Path, code: str, what: str) -> PackRefused:
    return PackRefused([Defect(path.stem, "-", "-", code, what)])


def _where(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}, column {error.problem_mark.column + 1}: {error.problem}"
    return str(error)
