"""The pack's sample ideas, told through the API like any other: the same key each time, so that each is told once."""

from collections.abc import Callable
from pathlib import Path

import yaml

from deploy.telling import send


def samples(pack: Path) -> list[dict[str, object]]:
    """The ideas of `samples.yaml`, with their ids; none when the pack has no such file."""
    file = pack / "samples.yaml"
    return list(yaml.safe_load(file.read_text())["ideas"]) if file.exists() else []


def tell_samples(pack: Path, address: str, told: Callable[[dict[str, str]], None] = lambda _: None) -> int:
    """Send every sample idea; call `told` with each receipt. Returns how many there were."""
    ideas = samples(pack)
    for idea in ideas:
        key = f"sample-{idea['id']}"
        told(send(address, {k: v for k, v in idea.items() if k != "id" and v is not None}, key))
    return len(ideas)
