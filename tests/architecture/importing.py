"""Imports every module of the product, twice, and prints as JSON what happened the second time.

The first time, libraries do what they do when they are loaded; the second time, whatever happens is ours.
"""

import importlib
import json
import pkgutil
import sys
from types import ModuleType
from typing import Any

PARTS = ("shared", "services", "deploy")
LOUD = ("socket.connect", "socket.bind", "subprocess.Popen", "sqlite3.connect", "os.mkdir", "_thread.start_new_thread")
HEAVY = ("sklearn", "scipy", "pandas", "matplotlib")


def import_everything() -> list[ModuleType]:
    found: list[ModuleType] = []
    for part in PARTS:
        package = importlib.import_module(part)
        found.append(package)
        for module in pkgutil.walk_packages(package.__path__, f"{part}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                found.append(importlib.import_module(module.name))
    return found


def main() -> None:
    import_everything()
    heavy = [name for name in HEAVY if name in sys.modules]
    for name in [name for name in sys.modules if name.split(".")[0] in PARTS]:
        del sys.modules[name]
    happened: list[str] = []

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in LOUD or (event == "open" and not str(arguments[0]).endswith((".py", ".pyc"))):
            happened.append(f"{event} {arguments[0] if arguments else ''}")

    sys.addaudithook(hear)
    modules = import_everything()
    seen, made = happened[:], globals_of(modules)
    print(json.dumps({"heavy": heavy, "happened": seen, "globals": made, "modules": len(modules)}))


def globals_of(modules: list[ModuleType]) -> list[str]:
    """Things that belong to a running platform, found at the top of a module."""
    from fastapi import FastAPI
    from prometheus_client import CollectorRegistry
    from pydantic_settings import BaseSettings
    from sqlalchemy import Connection, Engine

    from shared.kernel.clock import SystemClock
    from shared.messaging.local import LocalTransport
    from shared.storage.database import Database
    from shared.telemetry.meters import Meters

    kinds = (
        FastAPI,
        CollectorRegistry,
        BaseSettings,
        Connection,
        Engine,
        SystemClock,
        LocalTransport,
        Database,
        Meters,
    )
    return [f"{m.__name__}.{name}" for m in modules for name, value in vars(m).items() if isinstance(value, kinds)]


if __name__ == "__main__":
    main()
