"""Files that are made from the code: `make events` writes them, `--check` fails when one is stale."""

import json
import sys
from pathlib import Path

from deploy.asyncapi import asyncapi
from deploy.dashboards import DASHBOARDS, dashboard
from deploy.entry import nginx
from deploy.flow import picture
from services.directory.sources.pack import pack_schema

DEPLOY = Path(__file__).parent
DOCS = DEPLOY.parent / "docs"
INTRO = """# Who tells whom what

Made by `make events` from the services' manifests; do not edit. Boxes are services, cylinders are streams.

```mermaid
"""


def documents() -> dict[Path, str]:
    """Every generated file and what should be in it."""
    return {
        DOCS / "flow.md": INTRO + picture() + "```\n",
        DOCS / "pack.schema.json": json.dumps(pack_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        DOCS / "asyncapi.yaml": asyncapi(),
        DEPLOY / "entry" / "nginx.conf": nginx(),
        **{DEPLOY / "grafana" / "dashboards" / f"{name}.json": dashboard(name) for name in DASHBOARDS},
    }


def main() -> int:
    stale = [path for path, text in documents().items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is stale: run `make events` and commit it", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(documents()[path])
        print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
