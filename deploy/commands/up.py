"""Start the platform: all services in this process, or those named with --services."""

import asyncio
import atexit
import os
import signal
import socket
from typing import Annotated

import typer
import uvicorn

from deploy.app import SERVICES, build_platform, environment, faces
from deploy.errors import CommandFailed
from deploy.invite import invite_link
from shared.runtime.compose import compose
from shared.runtime.platform import Platform
from shared.telemetry.logging import set_up

NAME = "up"
DEMO = {"GORT_NOTIFY_POLICY": "auto", "GORT_NOTIFY_DEMO_DOMAIN": "partner.example"}


def run(
    services: Annotated[str, typer.Option(help="Which services, with commas between")] = ",".join(SERVICES),
    port: Annotated[int | None, typer.Option(help="The port; 0 takes a free one [GORT_PORT, 8000]")] = None,
    data: Annotated[str | None, typer.Option(help="Folder for databases [GORT_DATA, .data]")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Partners under .example, asked at once; sample ideas")] = False,
    kafka: Annotated[bool, typer.Option("--kafka", help="On Kafka and PostgreSQL, started here as well")] = False,
    servers_only: Annotated[
        bool, typer.Option("--servers-only", help="Only those two, as `gort restore` needs")
    ] = False,
) -> None:
    names = tuple(services.split(","))
    if unknown := [n for n in names if n not in SERVICES]:
        raise CommandFailed(f"No service is called {', '.join(unknown)}. There are: {', '.join(SERVICES)}.")
    for variable, value in {"GORT_PORT": port, "GORT_DATA": data}.items():
        if value is not None:
            os.environ[variable] = str(value)
    for variable, value in (DEMO if demo else {}).items():
        os.environ.setdefault(variable, value)
    if not kafka and not servers_only:
        asyncio.run(serve(names, demo))
        return
    from deploy.servers import SETTINGS, servers  # late: most do without

    folder = environment(names).platform.data.resolve()
    with servers(folder) as settings:
        os.environ.update(settings | {"GORT_DATA": str(folder)})
        typer.echo(f"Other commands, in another shell: first `export GORT_DATA={folder}; . {folder / SETTINGS}`.")
        if servers_only:
            signal.pause()  # until we are told to stop
        else:
            asyncio.run(serve(names, demo))


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on. Raise `CommandFailed` when the port is taken."""
    try:
        return socket.create_server((host, port), backlog=256)
    except OSError as error:
        raise CommandFailed(f"Port {port} on {host} is taken. Choose another: gort up --port 8001") from error


async def serve(names: tuple[str, ...], demo: bool) -> None:
    """Serve until told to stop; say where once the first page can be had."""
    wanted = environment(names).platform
    sock = listen(wanted.host, wanted.port)
    os.environ.setdefault("GORT_PUBLIC_URL", f"http://{wanted.host}:{sock.getsockname()[1]}")
    set_up(wanted.log_level)
    if wanted.otlp_url:
        from shared.telemetry.otlp import export_spans  # late: most do without

        atexit.register(export_spans(wanted.otlp_url, wanted.replica or ",".join(names)))
    platform = build_platform(names, environment(names))
    for service in platform.services.values():
        service.store.current()  # a database that cannot be opened is said here, in one line
    config = uvicorn.Config(
        compose(platform, faces(platform.env.urls)),
        log_config=None,
        access_log=False,  # addresses carry secrets
        forwarded_allow_ips=wanted.proxies,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    if server.started:
        await greet(platform, demo)
    await serving


async def greet(platform: Platform, demo: bool) -> None:
    """Print the address and, where operators sign in, a one-time link; tell the sample ideas of a demo."""
    address = platform.env.platform.public_url
    print(f"\n  {platform.env.region.name}\n  {address}\n", flush=True)
    if notify := platform.services.get("notify"):
        link = await asyncio.to_thread(invite_link, notify.store, platform.env)
        print(f"  Operators sign in here, once, within half an hour:\n  {link}\n", flush=True)
    if demo and "intake" in platform.services:
        from deploy.samples import tell_samples  # late: the first page does not wait for it

        await asyncio.to_thread(tell_samples, platform.env.platform.pack, address)
