"""Finds what stands in a folder, so that a new file is all that a new plug needs."""

import importlib
import pkgutil
from types import ModuleType


def find(package: ModuleType) -> tuple[ModuleType, ...]:
    """Every module or package directly inside `package`, imported, sorted by name; tests folders are not plugs."""
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if m.name != "tests")
    return tuple(importlib.import_module(f"{package.__name__}.{name}") for name in names)
