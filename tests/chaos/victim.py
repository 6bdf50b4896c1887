"""The platform as a process of its own, to be killed without warning and started again over the same data."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Victim:
    """One platform over one folder of data. Its log is kept beside the data."""

    def __init__(self, data: Path, settings: dict[str, str]) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = data / "process.log"
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GORT_")},
            "GORT_DATA": str(data),
            "GORT_PORT": str(self.port),
            "GORT_LOG_LEVEL": "warning",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 30) -> float:
        """Start, wait for the first page, and return how many seconds that took."""
        began = time.monotonic()
        command = [sys.executable, "-m", "deploy", "up"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        while time.monotonic() - began < patience:
            try:
                if httpx.get(self.address + "/", timeout=5).status_code == 200:
                    return time.monotonic() - began
            except httpx.TransportError:
                if self._process.poll() is not None:
                    raise RuntimeError(
                        f"the platform stopped with {self._process.returncode}: see {self._log}"
                    ) from None
                time.sleep(0.02)
        raise TimeoutError("no first page")

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """SIGTERM, as a deployment does; returns the exit code."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)
