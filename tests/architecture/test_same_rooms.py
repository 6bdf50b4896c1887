"""Knowing one service is knowing all: the same rooms, one thing a file, nothing too long to be read."""

import ast
from pathlib import Path

import pytest

from shared.events.catalogue import events
from tests.architecture.source import ROOT, SERVICES, files, tree, where

ROOMS = {
    "__init__.py",
    "service.py",
    "settings.py",
    "domain",
    "commands",
    "queries",
    "reactions",
    "jobs",
    "storage",
    "web",
}
EXTENSIONS = {"intake": "channels", "matching": "signals", "notify": "notifiers", "directory": "sources"}

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


@each_service
def test_a_service_has_the_ten_rooms_and_one_extension_and_none_is_empty(service: Path) -> None:
    found = {entry.name for entry in service.iterdir() if entry.name != "__pycache__"}
    assert found <= ROOMS | {EXTENSIONS.get(service.name, "")}, "an eleventh room: the picture is wrong, say so"
    folders = [entry for entry in service.iterdir() if entry.is_dir() and entry.name != "__pycache__"]
    empty = [f.name for f in folders if not any(p.name != "__init__.py" for p in f.rglob("*.py"))]
    assert not empty, "a folder that would be empty is not made"


@each_service
def test_the_docstring_of_a_service_says_what_it_owns_says_and_hears(service: Path) -> None:
    words = (ast.get_docstring(tree(service / "__init__.py")) or "").lower()
    assert all(word in words for word in ("owns", "says", "hears")), where(service / "__init__.py")


def test_a_reaction_is_named_by_the_event_that_it_hears_and_is_short() -> None:
    heard = {Path(event.__module__.replace(".", "/")).name for event in events().values()}
    for file in ROOT.glob("services/*/reactions/on_*.py"):
        assert file.stem.removeprefix("on_") in heard, where(file)
        functions = [n for n in tree(file).body if isinstance(n, ast.FunctionDef)]
        assert [f.name for f in functions] == [file.stem], f"{where(file)}: one reaction a file, named as the file"
        body = functions[0].body
        length = (body[-1].end_lineno or 0) - body[0].lineno + 1
        assert length <= 20, f"{where(file)} has {length} lines: decode, call a command, return"


def test_an_event_says_who_hears_it() -> None:
    """The catalogue is the glossary: a reader who believes it must not look in vain."""
    for event in events().values():
        name = event.__module__.rpartition(".")[2]
        _, _, heard = (ast.get_docstring(tree(ROOT / "shared" / "events" / f"{name}.py")) or "").partition("heard by")
        hears = {service.name for service in SERVICES if (service / "reactions" / f"on_{name}.py").exists()}
        assert "all who" in heard or {s.name for s in SERVICES if s.name in heard} == hears, f"{name}: {sorted(hears)}"


def test_every_module_says_first_what_it_is_for() -> None:
    silent = [where(file) for file in files(".py") if not ast.get_docstring(tree(file)) and file.stat().st_size > 0]
    assert not silent


def test_no_file_is_too_long_to_be_read() -> None:
    long = {where(f): n for f in files(".py", ".html", ".js") if (n := len(f.read_text().splitlines())) > 300}
    long |= {where(f): n for f in files(".py", under=("tests",)) if (n := len(f.read_text().splitlines())) > 300}
    assert not long
