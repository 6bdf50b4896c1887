"""Makes a new event or notifier where it belongs: `make new WHAT=event NAME=idea_praised`. Changes nothing that is there."""

import subprocess
import sys
from pathlib import Path
from string import Template

from deploy.errors import CommandFailed, told

EVENT = Template('''"""What happened, in one sentence. Said by intake; heard by nobody yet."""

from shared.events.event import Event
from shared.kernel.ids import IdeaId


class $title(Event, type="gort.intake.$dashed.v1", stream="intake.ideas", key="idea_id"):
    idea_id: IdeaId
''')
NOTIFIER = Template('''"""Messages by $name. Say here how it tells a person, and what its failures mean."""

from services.notify.domain.notifier import How, Message, Notifier, Outcome, Send
from services.notify.domain.work import Work
from services.notify.settings import Settings
from shared.kernel.clock import Clock
from shared.storage.store import Store
from shared.web.region import Sender

notifier = Notifier("$name")


def make(settings: Settings, store: Store[Work], sender: Sender, clock: Clock) -> Send | None:  # noqa: ARG001
    """None until its settings are there: add them to `services/notify/settings.py` and look at them here."""
    return None


async def send(message: Message) -> Outcome:
    """SENT, LATER (it is tried again) or FAILED (an operator sees the reason). No personal data in the reason."""
    return Outcome(How.FAILED, "not_connected" if message.to else "no_address")
''')


def new(what: str, name: str, root: Path) -> list[Path]:
    """Write the files of a new thing and return them. Raise `CommandFailed` when the name is wrong or taken."""
    if not name.isidentifier() or name != name.lower():
        raise CommandFailed(f"{name!r} is no name: write it like idea_praised")
    title = "".join(part.title() for part in name.split("_"))
    words = {"name": name, "title": title, "dashed": name.replace("_", "-")}
    if what == "event":
        made = {root / "shared" / "events" / f"{name}.py": EVENT.substitute(words)}
    elif what == "notifier":
        made = {root / "services" / "notify" / "notifiers" / name / "__init__.py": NOTIFIER.substitute(words)}
    else:
        raise CommandFailed("make new WHAT=event NAME=idea_praised, or make new WHAT=notifier NAME=pigeon")
    for file, text in made.items():
        if file.exists():
            raise CommandFailed(f"{file.relative_to(root)} is there already")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    if what == "event":
        subprocess.run([sys.executable, "-m", "tests.contracts.write"], cwd=root, check=True, stdout=subprocess.DEVNULL)
        made |= {root / "tests" / "contracts" / "golden" / f"gort.intake.{words['dashed']}.v1.json": ""}
    return list(made)


def main() -> None:
    with told():
        if len(sys.argv) != 3:
            raise CommandFailed("make new WHAT=event NAME=idea_praised, or make new WHAT=notifier NAME=pigeon")
        root = Path.cwd()
        for file in new(sys.argv[1], sys.argv[2], root):
            print(f"made {file.relative_to(root)}")


if __name__ == "__main__":
    main()
