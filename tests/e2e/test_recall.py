"""A restore that Kafka leaves halfway: nothing goes out, it says what to do, and doing that ends it."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from deploy.counting import services
from tests.e2e.people import IDEA
from tests.e2e.test_backup import gort
from tests.running import running, until, variables
from tests.servers import broker, fresh_prefix


@contextmanager
def gate(address: str, closed: Path) -> Iterator[str]:
    """Lets in whoever looks for the broker, until a file is there; its own address."""
    host, _, port = address.partition(":")

    def carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)

    def open_to(visitor: socket.socket) -> None:
        with visitor, socket.create_connection((host, int(port))) as inside:
            there = threading.Thread(target=carry, args=(visitor, inside))
            there.start()
            carry(inside, visitor)
            there.join()

    def keep(door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                visitor = door.accept()[0]
                if closed.exists():
                    visitor.close()
                else:
                    threading.Thread(target=open_to, args=(visitor,)).start()

    door = socket.create_server(("127.0.0.1", 0))
    keeper = threading.Thread(target=keep, args=(door,))
    keeper.start()
    try:
        yield f"127.0.0.1:{door.getsockname()[1]}"
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        keeper.join()


def test_kafka_that_goes_away_when_the_databases_are_filled_leaves_a_step_that_can_be_repeated(tmp_path: Path) -> None:
    data, file, prefix = tmp_path / "data", tmp_path / "backup.tar.gz", fresh_prefix()
    bus = f"kafka://{broker().address}/{prefix}"
    with running(data, BUS=bus) as here:
        told = httpx.post(f"{here.address}/api/intake/v1/ideas", json={"text": IDEA, "may_share": True}).json()
        made = gort({"GORT_DATA": str(data)}, "backup", str(file))
        assert made.returncode == 0, made.stderr
        httpx.post(f"{told['link']}/ta-tillbaka", follow_redirects=True).raise_for_status()
        relayed = "gort_outbox_waiting_events"
        until(lambda: f'{relayed}{{service="intake"}} 0.0' in httpx.get(f"{here.address}/metrics").text, "Kafka has it")
    shutil.rmtree(data)
    with gate(broker().address, data / "intake.db") as halfway:
        failed = gort({"GORT_DATA": str(data), "GORT_BUS": f"kafka://{halfway}/{prefix}"}, "restore", str(file))
    assert failed.returncode == 1
    assert "gort recall" in failed.stderr and "Traceback" not in failed.stderr
    settings = {"GORT_DATA": str(data), "GORT_BUS": bus}
    with variables(settings), services() as built, built["notify"].store.reading() as work:
        assert work.desk.paused()
    for news in (1, 0):
        again = gort(settings, "recall")
        assert again.returncode == 0, again.stderr
        assert f"idea-withdrawn.v1: {news} " in again.stdout
    with variables(settings), services() as built, built["intake"].store.reading() as work:
        idea = work.ideas.by_code(told["code"])
        assert idea and idea.told is None
