"""Makes a new event or notifier where it belongs: `make new WHAT=event NAME=idea_praised`. Changes nothing that is there."""

import subprocess
import sys
from pathlib import Path
from string import Template

from deploy.errors import CommandFailed, told
from shared.events.streams import STREAMS

USAGE = "make new WHAT=event NAME=idea_praised BY=intake, or make new WHAT=notifier NAME=pigeon"
EVENT = Template('''"""What happened, in one sentence. Said by $by; heard by nobody yet."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId


class $title(Event, type="gort.$by.$dashed.v1", stream="$stream", key="idea_id"):
    idea_id: IdeaId
''')
NOTIFIER = Template('''"""Messages by $name. Say here how it tells a person, and what its failures mean."""

from functools import partial

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.notify.domain.notifier import MAIL, How, Message, Notifier, Outcome, Send
from services.notify.domain.work import Work
from services.notify.settings import Settings
from shared.kernel.clock import Clock
from shared.storage.store import Store
from shared.web.region import Sender


class Own(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GORT_NOTIFY_${upper}_", frozen=True)

    address: str | None = Field(default=None, description="Where $name takes messages; without it, it is not used")


notifier = Notifier("$name", reaches=MAIL, reads=Own)


def make(settings: Settings, store: Store[Work], sender: Sender, clock: Clock) -> Send | None:  # noqa: ARG001
    """None where its settings are absent."""
    own = Own()
    return partial(send, own.address) if own.address else None


async def send(address: str, message: Message) -> Outcome:  # noqa: ARG001
    """SENT, LATER (it is tried again) or FAILED (an operator sees the reason). No personal data in the reason."""
    return Outcome(How.FAILED, "not_connected")
''')


def new(what: str, name: str, root: Path, by: str = "intake") -> list[Path]:
    """Write the files of a new thing and return them. `by` is the service that says a new event.

    Raise `CommandFailed` when the name is wrong or taken.
    """
    if not name.isidentifier() or name != name.lower():
        raise CommandFailed(f"{name!r} is no name: write it like idea_praised")
    title = "".join(part.title() for part in name.split("_"))
    words = {"name": name, "upper": name.upper(), "title": title, "dashed": name.replace("_", "-"), "by": by}
    if what == "event":
        stream = next((s for s in STREAMS if s.startswith(f"{by}.") and s != "directory.entries"), None)
        if stream is None:
            raise CommandFailed(f"{by!r} has no stream that tells of ideas (shared/events/streams.py)")
        made = {root / "shared" / "events" / f"{name}.py": EVENT.substitute(words, stream=stream)}
    elif what == "notifier":
        made = {root / "services" / "notify" / "notifiers" / name / "__init__.py": NOTIFIER.substitute(words)}
    else:
        raise CommandFailed(USAGE)
    for file, text in made.items():
        if file.exists():
            raise CommandFailed(f"{file.relative_to(root)} is there already")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    if what == "event":
        subprocess.run([sys.executable, "-m", "tests.contracts.write"], cwd=root, check=True, stdout=subprocess.DEVNULL)
        made |= {root / "tests" / "contracts" / "golden" / f"gort.{by}.{words['dashed']}.v1.json": ""}
    return list(made)


def main() -> None:
    with told():
        if len(sys.argv) not in (3, 4):
            raise CommandFailed(USAGE)
        root = Path.cwd()
        what, name, by = (*sys.argv[1:], "intake")[:3]
        for file in new(what, name, root, by):
            print(f"made {file.relative_to(root)}")


if __name__ == "__main__":
    main()
