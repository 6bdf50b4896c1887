"""List every event: its type, stream and key, who says it and who hears it."""

from typing import Annotated

import typer

from deploy.flow import heard_by, said_by
from deploy.output import table
from shared.events.catalogue import events

NAME = "events"


def run(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False) -> None:
    says, hears = said_by(), heard_by()
    rows: list[dict[str, object]] = [
        {
            "type": event.type,
            "stream": event.stream,
            "key": event.key_field,
            "said by": ", ".join(says.get(event.type, ())),
            "heard by": ", ".join(hears.get(event.type, ())),
        }
        for event in events().values()
    ]
    table(rows, as_json)
