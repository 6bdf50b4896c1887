"""Follow one idea across the services by its receipt code: what was said, parked, sent. No personal data."""

from typing import Annotated

import typer

from deploy.app import SERVICES, build_platform, environment
from deploy.errors import CommandFailed
from deploy.output import table
from services.intake.queries.find_idea import idea_id_of
from shared.kernel.ids import tidy_code
from shared.storage import outbox, parked
from shared.storage.outbox import stamp

NAME = "trace"


def run(
    code: Annotated[str, typer.Argument(help="The receipt code, such as G7K4M2P")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output")] = False,
) -> None:
    env = environment()
    services = build_platform(SERVICES, env).services
    if behind := [
        name for name, service in services.items() if not (service.store.database.exists and service.store.current())
    ]:
        where = "GORT_DATABASE_URL" if env.platform.database_url else env.platform.data
        raise CommandFailed(
            f"Empty or behind in {where}: {', '.join(behind)}. Is that where the platform keeps its data? "
            "If so, run `gort migrate`."
        )
    with services["intake"].store.reading() as work:
        idea_id = idea_id_of(tidy_code(code), work)
    if idea_id is None:
        raise CommandFailed(f"No idea has the code {code}. Codes have seven characters and no letters I, L, O or U.")
    rows: list[dict[str, object]] = []
    for service in services.values():
        with service.store.database.reading() as connection:
            for said in outbox.of_key(connection, idea_id):
                trace = said.traceparent.split("-")[1]
                rows.append({"at": said.at, "service": service.name, "what": said.type, "trace": trace, "why": ""})
            for row in parked.everything(connection):
                if row.key == idea_id:
                    what = f"parked: {row.reaction} of {row.event_type}"
                    rows.append(
                        {"at": row.parked_at, "service": service.name, "what": what, "trace": "", "why": row.reason}
                    )
    with services["notify"].store.reading() as work:
        for mail in work.deliveries.of(idea_id):
            what, trace = f"{mail.purpose} to {mail.to}: {mail.state}", mail.trace.split("-")[1] if mail.trace else ""
            at = stamp(mail.sent_at or mail.claimed_at or mail.created_at)
            rows.append({"at": at, "service": "notify", "what": what, "trace": trace, "why": mail.reason})
    table(sorted(rows, key=lambda row: str(row["at"])), as_json)
