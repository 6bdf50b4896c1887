"""Read the pack at the start, and again when its files have changed. A pack that is wrong changes nothing."""

import asyncio
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from services.directory.commands.take_over import take_over
from services.directory.domain.changes import Changes
from services.directory.domain.pack_entry import PackEntry
from services.directory.domain.work import Work
from shared.kernel.clock import Clock
from shared.kernel.defects import Defect, PackRefused
from shared.runtime.jobs import Job
from shared.storage.store import Store
from shared.telemetry import metrics
from shared.telemetry.logging import logger
from shared.telemetry.meters import ServiceMeters

Read = Callable[[Path], Iterable[PackEntry]]


class Reader:
    """Reads one folder through a source; `defects` are those of the last reading, for the operators."""

    def __init__(self, folder: Path, read: Read, store: Store[Work], clock: Clock, meters: ServiceMeters) -> None:
        self._folder, self._read, self._store, self._clock, self._meters = folder, read, store, clock, meters
        self._seen: tuple[tuple[str, int], ...] = ()
        self._noticed: tuple[tuple[str, int], ...] = ()
        self.defects: tuple[Defect, ...] = ()

    def look(self) -> int:
        """Read if a file has another time than at the last reading that came to its end.

        A change is read at the second look that sees the same: a file that is half saved would withdraw the rest.
        """
        files = tuple(sorted((f.name, f.stat().st_mtime_ns) for f in self._folder.glob("*.yaml")))
        still, self._noticed = files == self._noticed or not self._seen, files
        if files == self._seen or not still:
            return 0
        self.read()
        self._seen = files
        return 0

    def read(self) -> Changes | None:
        """What changed; None when the pack is refused, and then nothing did."""
        try:
            now = tuple(self._read(self._folder))
        except PackRefused as refused:
            self._note(refused.defects)
            return None
        self._note(())
        with self._store.writing() as work:
            return take_over(now, work, self._clock)

    def _note(self, defects: tuple[Defect, ...]) -> None:
        """For operators: on the desk all of them, in the figures how many, in the log how many in which file."""
        self.defects = defects
        self._meters.level(metrics.PACK_DEFECTS, len(defects))
        for file, found in groupby(defects, key=lambda defect: defect.path):
            first, *more = found
            where = f"{first.entry}: {first.field}: {first.code}"
            logger("directory").error(
                "pack refused", reason="pack_refused", file=file, count=1 + len(more), entry=where
            )


def read_sources(reader: Reader, every: float) -> Job:
    async def run() -> int:
        return await asyncio.to_thread(reader.look)

    return Job("read-pack", run, every)
