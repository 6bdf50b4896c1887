"""The chain from a stored backlog of ideas to a match, in batches and one by one, beside the arithmetic alone."""

import asyncio
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from deploy.app import SERVICES, build_platform, environment
from deploy.counting import MATCHED, REQUESTED, tally
from deploy.samples import samples
from services.intake.channels.api import told
from services.intake.commands.submit_idea import SubmitIdea, submit_idea
from services.matching.domain.told import ToldIdea
from services.matching.service import assessor
from shared.kernel.ids import IdeaId
from shared.runtime.platform import Platform
from tests.running import variables

IDEAS = 300


async def chain(platform: Platform, ideas: list[dict[str, object]]) -> float:
    """Seconds from a stored backlog to the last match."""
    await platform.start()
    store, env = platform.services["intake"].store, platform.env
    matching = platform.services["matching"].store
    while True:  # the directory is learned first
        await asyncio.sleep(2)
        with matching.reading() as work:
            if work.entries.all():
                break
    for number in range(IDEAS):
        fields = {k: str(v) for k, v in ideas[number % len(ideas)].items() if v is not None and k != "id"}
        wish = SubmitIdea(*told({**fields, "may_share": "yes"}), f"bench-{number}")
        with store.writing() as work:
            submit_idea(wish, work, env.keys, env.clock)
    began = time.perf_counter()
    built = dict(platform.services)
    while len(tally(built).of(MATCHED)) < IDEAS:
        await asyncio.sleep(0.1)
    took = time.perf_counter() - began
    while True:
        before = len(tally(built).of(REQUESTED))
        await asyncio.sleep(1)
        if len(tally(built).of(REQUESTED)) == before:
            break
    return took


def arithmetic(platform: Platform, ideas: list[dict[str, object]]) -> float:
    """Seconds for the same classifying and ranking, with nothing stored or said."""
    with platform.services["matching"].store.reading() as work:
        assess = assessor(work)
    assert assess
    began = time.perf_counter()
    for number in range(IDEAS):
        idea = ideas[number % len(ideas)]
        assess(ToldIdea(IdeaId(str(number)), text=str(idea["text"]), place=str(idea.get("place"))))
    return time.perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, variables({"GORT_DATA": folder, "GORT_NOTIFY_POLICY": "auto"}):
        env = environment()
        quiet = replace(env, platform=env.platform.model_copy(update={"data": Path(folder)}))
        platform = build_platform(SERVICES, quiet)
        ideas = samples(env.platform.pack)

        async def both() -> tuple[float, float]:
            whole = await chain(platform, ideas)
            alone = await asyncio.to_thread(arithmetic, platform, ideas)
            await platform.stop()
            return whole, alone

        whole, alone = asyncio.run(both())
    print(json.dumps({
        "ideas": IDEAS,
        "chain_ideas_per_s": round(IDEAS / whole),
        "arithmetic_ideas_per_s": round(IDEAS / alone),
        "chain_over_arithmetic": round(whole / alone, 2),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
