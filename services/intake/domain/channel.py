"""What a channel is: the Protocol that each file in `channels/` fulfils."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.intake.domain.holder import Holder
from services.intake.domain.idea import Told

Read = Callable[[Mapping[str, str]], tuple[Told, Holder]]


@dataclass(frozen=True, slots=True)
class Channel:
    """`name` travels in `idea_received` and in metrics: never change it."""

    name: str
