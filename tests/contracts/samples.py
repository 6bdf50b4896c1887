"""Values of any type that an event may have: one plausible, and all of them."""

from collections.abc import Sequence
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import BaseModel

from shared.events.event import Event

PLAIN: dict[Any, Any] = {int: 7, float: 0.5, bool: True, date: date(2026, 12, 4)}
ATTRIBUTES = ("sequence", "at")  # travel as headers


def fields(model: type[BaseModel]) -> dict[str, Any]:
    """The type of each field of the body, with its bounds, by its name on the wire."""
    own = {name: field for name, field in model.model_fields.items() if name not in ATTRIBUTES}
    return {
        f.alias or name: Annotated[f.annotation, *f.metadata] if f.metadata else f.annotation for name, f in own.items()
    }


def alternatives(kind: Any) -> tuple[Any, ...]:
    """What a union may be; a type that is no union is its own only alternative."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def variants(event: type[Event]) -> list[type[BaseModel] | None]:
    """The models that a field of an event may hold, when it is one of several; else just None."""
    for kind in fields(event).values():
        models = [a for a in alternatives(kind) if isinstance(a, type) and issubclass(a, BaseModel)]
        if len(models) > 1:
            return [*models]
    return [None]


def sample(kind: Any, name: str = "", prefer: type[BaseModel] | None = None) -> Any:
    """A plausible value as it stands in JSON: every field filled, so that a reader that loses one is found out."""
    origin, arguments = get_origin(kind), get_args(kind)
    if hasattr(kind, "__supertype__"):
        return sample(kind.__supertype__, name)
    if origin is Annotated:
        return sample(arguments[0], name, prefer)
    if origin in (Union, UnionType):
        return sample(prefer if prefer in arguments else arguments[0], name)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return [sample(arguments[0], name)]
    if origin is dict:
        return {"key": sample(arguments[1], name)}
    if issubclass(kind, BaseModel):
        return {field: sample(of, field, prefer) for field, of in fields(kind).items()}
    return PLAIN.get(kind, f"{name} å")


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Every value that a type can have."""
    origin, arguments = get_origin(kind), get_args(kind)
    if hasattr(kind, "__supertype__"):
        return values(kind.__supertype__)
    if origin is Annotated:
        bounds = [bound for bound in arguments[1:] if isinstance(bound, Ge | Le)]
        return bounded(arguments[0], bounds) if bounds else values(arguments[0])
    if origin in (Union, UnionType):
        return st.one_of([values(a) for a in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(st.text(max_size=5), values(arguments[1]), max_size=2)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return st.fixed_dictionaries({name: values(of) for name, of in fields(kind).items()})
    return {
        str: st.text(max_size=10),
        int: st.integers(-(2**53), 2**53),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        date: st.dates(),
        type(None): st.none(),
    }[kind]


def bounded(kind: Any, bounds: Sequence[Ge | Le]) -> st.SearchStrategy[Any]:
    """Numbers between bounds."""
    low = next((bound.ge for bound in bounds if isinstance(bound, Ge)), None)
    high = next((bound.le for bound in bounds if isinstance(bound, Le)), None)
    return st.floats(low, high) if kind is float else st.integers(low, high)
