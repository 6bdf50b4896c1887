"""Tell ideas while the process is killed, let it drain, count, and say in one line of JSON whether anything was lost."""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from deploy.counting import CLASSIFIED, MATCHED, RECEIVED, REQUESTED, services, tally
from tests.chaos.accounts import told_otherwise, without_a_plan
from tests.chaos.crowd import Crowd, ideas
from tests.chaos.houses import HOUSES, House
from tests.chaos.sink import Sink
from tests.running import variables

PACK = Path("data/gavleborg")
DRAIN = 240.0  # s to finish what is due after the last kill; a claim left behind waits 90 s


def main() -> int:
    wanted = argparse.ArgumentParser(prog="chaos")
    for name, default in (("ideas", 300), ("kills", 10), ("seed", 1)):
        wanted.add_argument(f"--{name}", type=int, default=default)
    wanted.add_argument("--bus", choices=list(HOUSES), default="local")
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder, Sink() as sink, HOUSES[given.bus](Path(folder), sink.port) as house:
        result = chaos(given.ideas, given.kills, given.seed, house, sink)
    wrong = [name for name, bad in result.pop("wrong").items() if bad]
    print(json.dumps(result))
    if wrong:
        print(f"broken promises: {', '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


def chaos(count: int, kills: int, seed: int, house: House, sink: Sink) -> dict[str, Any]:
    """One run. `wrong` names each promise and whether it was broken."""
    crowd = Crowd(house.address, ideas(count, PACK, seed), pause=0.02)
    telling = threading.Thread(target=crowd.tell_all)
    telling.start()
    killed = _kill(house, crowd, random.Random(seed), kills, count)
    telling.join()
    with variables(dict(house.settings)), services() as built:
        found = _drained(built, crowd)
        return _counted(found, crowd, sink, killed, seed, built)


def _kill(house: House, crowd: Crowd, chance: random.Random, kills: int, count: int) -> int:
    """Kill at random moments with work in flight, spread over the whole run; start again each time."""
    names = house.victims(kills, chance)
    for name, mark in zip(names, sorted(chance.uniform(0.02, 1.0) * count for _ in names), strict=True):
        while len(crowd.accepted) < mark and len(crowd.accepted) < count:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.4))  # somewhere in what the last ideas set going
        house.strike(name)
    return len(names)


def _drained(built: dict[str, Any], crowd: Crowd) -> Any:
    """The counts when nothing has changed for a while and nothing is due; a longer while when something is missing."""
    until, still, before = time.monotonic() + DRAIN, 0, -1
    while time.monotonic() < until:
        found = tally(built)
        waiting = found.deliveries["due"] + found.deliveries["sending"]
        done = len(found.of(MATCHED)) >= len(crowd.accepted) and not waiting
        still = still + 1 if done and len(found.said) == before else 0
        before = len(found.said)
        if still >= 4 and (still >= 40 or not _missing(built, found)):
            return found
        time.sleep(0.5)
    return tally(built)


def _missing(built: dict[str, Any], found: Any) -> list[str]:
    return without_a_plan(built, found.of(MATCHED)) + told_otherwise(built, found.of(RECEIVED))


def _counted(found: Any, crowd: Crowd, sink: Sink, kills: int, seed: int, built: dict[str, Any]) -> dict[str, Any]:
    received, classified, matched = found.of(RECEIVED), found.of(CLASSIFIED), found.of(MATCHED)
    with built["notify"].store.reading() as work:
        leads = Counter((r.idea_id, r.actor_id) for key in received for r in work.referrals.of(key) if r.asked_at)
        sent = work.deliveries.ids("sent")
        unsure = work.deliveries.ids("sent", unsure=True)
    mails = Counter(message_id.strip("<>").rpartition("@")[0] for message_id in sink.ids)
    doubled = {m for m, times in mails.items() if times > 1}
    lost = (
        abs(len(received) - len(crowd.accepted))
        + sum(key not in classified for key in received)
        + sum(key not in matched for key in received)
        + sum(delivery not in mails for delivery in sent)
        + len(unplanned := without_a_plan(built, matched))
        + len(otherwise := told_otherwise(built, received))
        + abs(len(crowd.thanked) - sum(delivery.startswith("receipt-") for delivery in sent))
        + found.deliveries["failed"]
        + found.deliveries["due"]
        + found.deliveries["sending"]
    )
    return {
        "ideas": len(received),
        "accepted": len(crowd.accepted),
        "classified": sum(classified.values()),
        "matched": sum(matched.values()),
        "requested": sum(found.of(REQUESTED).values()),
        "deliveries": len(sent),
        "mails": sum(mails.values()),
        "doubled_in_window": sum(mails[m] - 1 for m in doubled & unsure),
        "parked": found.parked,
        "lost": lost,
        "kills": kills,
        "seed": seed,
        "wrong": {
            "something was lost": lost > 0,
            "an idea was taken in twice": len(received) != len(crowd.accepted) or any(n > 1 for n in received.values()),
            "an idea was refused": bool(crowd.refused),
            "a matched idea has no plan": bool(unplanned),
            "a holder reads another story than the referrals tell": bool(otherwise),
            "an idea was classified twice": any(n > 1 for n in classified.values()),
            "an idea was matched twice": any(n > 1 for n in matched.values()),
            "an idea was offered to the same partner twice": any(n > 1 for n in leads.values()),
            "more was asked than was said": sum(found.of(REQUESTED).values()) != len(leads),
            "a mail was doubled outside the window": bool(doubled - unsure),
            "a mail went out that nobody ordered": bool(set(mails) - sent),
            "something was parked": found.parked > 0,
        },
    }


if __name__ == "__main__":
    sys.exit(main())
