"""How commands print: a table for people, JSON for machines, a progress bar for long work."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def table(rows: Sequence[dict[str, object]], as_json: bool = False) -> None:
    """Print rows that share their keys."""
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, default=str))
        return
    from rich.console import Console  # late: the platform starts without it
    from rich.table import Table

    if not rows:
        Console().print("Nothing to show.")
        return
    shown = Table(box=None, pad_edge=False)
    for name in rows[0]:
        shown.add_column(name)
    for row in rows:
        shown.add_row(*("" if value is None else str(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 240).print(shown)


def progress(items: Sequence[T], words: str, quiet: bool = False) -> Iterable[T]:
    """Go through items behind a bar on stderr; silently when the output is for a machine."""
    if quiet:
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=words, console=Console(stderr=True))
