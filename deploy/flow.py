"""Who tells whom what, read from the manifests, and drawn as a mermaid picture for `docs/flow.md`."""

import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from deploy.app import SERVICES, build_platform, environment
from shared.events.catalogue import events
from shared.runtime.service import Service


@cache
def manifests() -> tuple[Service, ...]:
    """Every service as it would be built here, without starting anything."""
    env = environment()
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = replace(env, platform=env.platform.model_copy(update={"data": Path(folder)}))
        return tuple(build_platform(SERVICES, elsewhere).services.values())


def said_by() -> Mapping[str, list[str]]:
    """Event type -> services that say it."""
    found: dict[str, list[str]] = defaultdict(list)
    for service in manifests():
        for event in service.says:
            found[event.type].append(service.name)
    return found


def heard_by() -> Mapping[str, list[str]]:
    """Event type -> services that hear it."""
    found: dict[str, list[str]] = defaultdict(list)
    for service in manifests():
        for hears in service.hears:
            if service.name not in found[hears.event.type]:
                found[hears.event.type].append(service.name)
    return found


def picture() -> str:
    """The mermaid flowchart: services as boxes, streams as cylinders, one arrow a direction with its events."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for service in manifests():
        for event in service.says:
            arrows[service.name, _cylinder(event.stream)].append(_short(event.type))
        for hears in service.hears:
            arrows[_cylinder(hears.event.stream), service.name].append(_short(hears.event.type))
    lines = [f"    {service.name}[{service.name}]" for service in manifests()]
    lines += [f'    {_cylinder(s)}[("{s}")]' for s in sorted({e.stream for e in events().values()})]
    for (start, end), names in arrows.items():
        lines.append(f'    {start} -- "{"<br>".join(dict.fromkeys(names))}" --> {end}')
    return "flowchart LR\n" + "\n".join(lines) + "\n"


def _cylinder(stream: str) -> str:
    return "s_" + stream.replace(".", "_")


def _short(event_type: str) -> str:
    """``gort.intake.idea-received.v1`` -> ``idea-received.v1``"""
    return ".".join(event_type.split(".")[2:])
