"""`docs/asyncapi.yaml`: what is said and heard on which stream, by FastStream's own generator, fed from the manifests.

The broker here is never started: each event said is a publisher's schema, each event heard a subscriber's.
"""

import inspect
from collections.abc import Callable
from typing import Any, cast

import yaml
from faststream.kafka import KafkaBroker
from faststream.specification import AsyncAPI

from deploy.flow import manifests
from shared.events.event import Event

ATTRIBUTES = {"sequence", "at"}  # of the record, not of its value


def asyncapi() -> str:
    """The document, AsyncAPI 3, keys sorted."""
    broker = KafkaBroker("kafka:9092", specification_url="kafka:9092", description="GORT_BUS says where it is")
    for service in manifests():
        for event in service.says:
            broker.publisher(event.stream, schema=event, title=event.type, description=_about(event))
        heard = {h.event for h in service.hears}
        for stream in sorted({event.stream for event in heard}):
            group = f"{service.name}.{stream}"
            subscriber = broker.subscriber(stream, group_id=group, title=group)
            for event in sorted((e for e in heard if e.stream == stream), key=lambda e: e.type):
                subscriber(_hearing(event), filter=_never)
    document = AsyncAPI(
        broker,
        title="Gör't tillsammans",
        version="1",
        description="CloudEvents 1.0 in binary mode: attributes in headers, the event's JSON as the value, its aggregate as "
        "the key. A tombstone has no value. Within .vN only optional fields are added.",
        license={"name": "Apache-2.0"},
        schema_version="3.0.0",
    )
    shape: Any = yaml.safe_load(document.to_specification().to_yaml())
    for schema in shape["components"]["schemas"].values():
        for attribute in ATTRIBUTES & set(schema.get("properties", ())):
            del schema["properties"][attribute]
            schema["required"] = [name for name in schema.get("required", ()) if name != attribute] or None
            if not schema["required"]:
                del schema["required"]
    text = yaml.safe_dump(_settled(shape), sort_keys=True, allow_unicode=True, width=120)
    return "# Made by `make events` from the services' manifests; do not edit.\n" + text


def _about(event: type[Event]) -> str:
    """What the event's own file says of it."""
    return (inspect.getdoc(inspect.getmodule(event)) or event.type).strip()


def _hearing(event: type[Event]) -> Callable[[Any], None]:
    """A handler with the annotation that FastStream reads."""

    def handler(body: Any) -> None: ...

    handler.__annotations__["body"] = event
    handler.__name__ = event.__name__
    return handler


def _never(_: object) -> bool:
    return False


def _settled(shape: Any) -> Any:
    """Lists whose order means nothing, in one order."""
    if isinstance(shape, dict):
        named = cast("dict[str, Any]", shape)
        return {key: _settled(value) for key, value in named.items()}
    if isinstance(shape, list):
        items = [_settled(item) for item in cast("list[Any]", shape)]
        return sorted(items, key=repr)
    return shape
