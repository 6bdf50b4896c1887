"""The entry tells the services who asks: limits count visitors, and not the proxy that they all come through."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from deploy.entry import nginx
from deploy.processes import Process, free_port
from tests.servers import needed_program


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was told of the visitor."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Proto']}".encode())

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program, here = needed_program("nginx", "install nginx (Debian: nginx-light)"), tmp_path_factory.mktemp("entry")
    server, port = ThreadingHTTPServer(("127.0.0.1", 0), Echo), free_port()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    conf = nginx().replace("set $to intake:8000;", f"set $to 127.0.0.1:{server.server_port};")
    conf = conf.replace("listen 8000;", f"listen 127.0.0.1:{port};").replace("/tmp/", f"{here}/")
    Path(here, "nginx.conf").write_text(conf)
    command = [program, "-c", f"{here}/nginx.conf", "-e", "stderr", "-g", "daemon off;"]
    process = Process(command, here / "log")
    process.start(lambda: answers(f"http://127.0.0.1:{port}"))
    yield f"http://127.0.0.1:{port}"
    process.stop()
    server.shutdown()
    server.server_close()


def answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False


def test_a_visitor_without_a_proxy_is_who_connects(entry: str) -> None:
    assert httpx.get(entry).text == "127.0.0.1 http"


def test_a_visitor_behind_a_proxy_is_who_the_proxy_saw_and_not_who_they_say_they_are(entry: str) -> None:
    told = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9, 10.0.0.2", "X-Forwarded-Proto": "https"}
    assert httpx.get(entry, headers=told).text == "203.0.113.9 https"
