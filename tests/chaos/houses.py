"""What is killed: one process over files, or every process of `docker-compose.yml` over Kafka and PostgreSQL."""

import random
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.chaos.victim import Victim
from tests.composed import composed

POLICY = {
    "GORT_NOTIFY_POLICY": "auto",
    "GORT_NOTIFY_DEMO_DOMAIN": "partner.example",
    "GORT_INTAKE_TELL_RATE": "100000/minute",
}


class House(Protocol):
    """A running platform. `settings` lead to its stores; `address` is where ideas are told."""

    @property
    def address(self) -> str: ...
    @property
    def settings(self) -> Mapping[str, str]: ...
    def victims(self, kills: int, chance: random.Random) -> list[str]:
        """Who is killed, in which order."""
        ...

    def strike(self, name: str) -> None:
        """SIGKILL, and start again."""
        ...


class _One:
    def __init__(self, victim: Victim, settings: Mapping[str, str]) -> None:
        self._victim, self.settings, self.address = victim, settings, victim.address

    def victims(self, kills: int, chance: random.Random) -> list[str]:
        return ["the process"] * kills

    def strike(self, name: str) -> None:
        self._victim.kill()
        self._victim.start()


@contextmanager
def one_process(data: Path, mail: int) -> Generator[House]:
    settings = POLICY | {
        "GORT_NOTIFY_SMTP_HOST": "127.0.0.1",
        "GORT_NOTIFY_SMTP_PORT": str(mail),
        "GORT_NOTIFY_SMTP_TLS": "none",
        "GORT_DATA": str(data),
    }
    victim = Victim(data, settings)
    victim.start()
    try:
        yield _One(victim, settings)
    finally:
        victim.stop()


@contextmanager
def many_processes(_: Path, mail: int) -> Generator[House]:
    with composed(mail, **POLICY) as here:

        class Many:
            address, settings = here.address, here.urls()

            def victims(self, kills: int, chance: random.Random) -> list[str]:
                """Everyone once, broker and database too, then anybody; in any order."""
                everyone = [*here.ours, *here.servers]
                names = everyone + [chance.choice(here.ours) for _ in range(kills - len(everyone))]
                chance.shuffle(names)
                return names

            def strike(self, name: str) -> None:
                here.kill(name)
                here.start(name)
                here.start(*(other for other in here.ours if not here.alive(other)))  # as `restart:` does

        yield Many()


HOUSES = {"local": one_process, "kafka": many_processes}
