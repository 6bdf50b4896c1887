"""People who tell ideas and do not give up: the same key until the platform has said yes."""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from deploy.samples import samples

PLACES = ("Gävle", "Ljusdal", "Bollnäs", "Söderhamn", "Hofors", None)


def ideas(count: int, pack: Path, seed: int) -> list[dict[str, object]]:
    """`count` ideas made from the pack's samples, each with words and a sender of its own."""
    chance, stories = random.Random(seed), samples(pack)
    made: list[dict[str, object]] = []
    for number in range(count):
        story = chance.choice(stories)
        contact = {"reach": "mail", "email": f"person{number}@holder.example"} if number % 3 else {}
        made.append(
            {
                "text": f"{story['text']} Vi är {number + 2} stycken som vill.",
                "place": chance.choice(PLACES) or story.get("place"),
                "may_share": True,
                **contact,
            }
        )
    return made


class Crowd:
    """Tells every idea through the API, a few at a time; `accepted` holds the receipt of each that was said yes to."""

    def __init__(self, address: str, told: list[dict[str, object]], pause: float) -> None:
        self.address, self._told, self._pause = address, told, pause
        self.accepted: dict[int, str] = {}
        self.refused: dict[int, int] = {}
        self._lock = threading.Lock()
        self._client = httpx.Client(
            base_url=address, timeout=10
        )  # to make one anew for each idea costs more than to tell it

    @property
    def thanked(self) -> list[int]:
        """Whoever was said yes to and left an address to be thanked at."""
        return [number for number in self.accepted if "email" in self._told[number]]

    def story(self, number: int) -> dict[str, object]:
        """What was told with a number."""
        return self._told[number]

    def tell_all(self, people: int = 6, gone: Callable[[], bool] = lambda: False) -> None:
        with httpx.Client(base_url=self.address, timeout=10) as client, ThreadPoolExecutor(people) as pool:
            for number, idea in enumerate(self._told):  # to make a client for each costs more than to tell it
                pool.submit(self._tell, client, number, idea, gone)

    def _tell(self, client: httpx.Client, number: int, idea: dict[str, object], gone: Callable[[], bool]) -> None:
        time.sleep(self._pause)
        while not gone():
            try:
                headers = {"Idempotency-Key": f"crowd-{number}"}
                answer = client.post("/api/intake/v1/ideas", json=idea, headers=headers)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code < 500:
                with self._lock:
                    if answer.is_success:
                        self.accepted[number] = answer.json()["code"]
                    else:
                        self.refused[number] = answer.status_code
                return
            time.sleep(0.05)
