"""Four services and, in place of Kafka, a list: one of them can lose its database and get an older one back."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.app import SERVICES, build_platform, environment
from deploy.rehearing import taking
from shared.messaging.record import Record, encode
from shared.messaging.transport import Batch
from shared.runtime.platform import Platform
from shared.storage import outbox
from tests.running import variables


@dataclass
class Town:
    """Four services and, for Kafka, a list. `forget` gives one of them back the database that it had at `remember`."""

    data: Path
    platform: Platform
    kafka: list[Record] = field(default_factory=list[Record])
    told: dict[str, int] = field(default_factory=dict[str, int])

    def carry(self) -> None:
        """Let everybody hear what was said, until nobody says more."""
        while new := [record for name in SERVICES for record in self._said(name)]:
            self.kafka += new
            self.hear(*SERVICES, records=new)

    def hear(self, *names: str, records: list[Record]) -> None:
        for name in names:
            heard = {hears.event.stream for hears in self.platform.services[name].hears}
            for record in (record for record in records if record.stream in heard):
                self.platform.dispatches[name].handle(Batch([record]))

    def remember(self, name: str) -> None:
        self.platform.services[name].store.database.close()
        shutil.copy(self.data / f"{name}.db", self.data / f"{name}.backup")

    def forget(self, name: str) -> Counter[str]:
        """Restore and recall, as `gort restore` does; what was news."""
        service, news = self.platform.services[name], Counter[str]()
        service.store.database.close()
        for file in self.data.glob(f"{name}.db*"):
            file.unlink()
        shutil.copy(self.data / f"{name}.backup", self.data / f"{name}.db")
        self.told[name] = self._end(name)
        taking(service, news, set())(self.kafka)
        twice = Counter[str]()
        taking(service, twice, set())(self.kafka)
        assert not twice.total(), "taking the same back twice is no news"
        return +news

    def _said(self, name: str) -> list[Record]:
        with self.platform.services[name].store.database.reading() as connection:
            said = outbox.beyond(connection, self.told.get(name, 0), 1000)
        self.told[name] = said[-1].position if said else self.told.get(name, 0)
        return [encode(row, name) for row in said]

    def _end(self, name: str) -> int:
        with self.platform.services[name].store.database.reading() as connection:
            return max((row.position for row in outbox.beyond(connection, 0, 1000)), default=0)


@contextmanager
def town(data: Path) -> Iterator[Town]:
    with variables({"GORT_DATA": str(data), "GORT_PACK": "tests/packs/liten"}):
        platform = build_platform(SERVICES, environment())
    for service in platform.services.values():
        service.store.migrate()
    yield Town(data, platform)
    for service in platform.services.values():
        service.store.database.close()
