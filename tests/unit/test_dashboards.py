"""A panel never shows a counter of a process as it stands: it falls to nothing whenever the process begins anew."""

import re

import pytest

from deploy.dashboards import DASHBOARDS
from shared.telemetry.metrics import ALL

BEGIN_ANEW = [metric.name for metric in ALL if metric.kind != "gauge" and not metric.stored]
PANELS = {f"{name}: {panel.title}": panel.query for name, (_, panels) in DASHBOARDS.items() for panel in panels}


@pytest.mark.parametrize("panel", PANELS)
def test_what_begins_anew_with_a_process_is_shown_by_how_it_rises(panel: str) -> None:
    bare = re.findall(rf"(?<!rate\()(?<!increase\()\b(?:{'|'.join(BEGIN_ANEW)})", PANELS[panel])
    assert not bare
