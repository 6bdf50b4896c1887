"""What imports cannot say: who commits, how long a reaction is, what happens at import time, what is written out."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.telemetry.metrics import ALL

ROOT = Path(__file__).parents[2]
CODE = [p for part in ("services", "shared", "deploy") for p in sorted((ROOT / part).rglob("*.py"))]
ROOMS = {"domain", "commands", "queries", "reactions", "jobs", "storage", "web"}
EXTENSIONS = {"intake": "channels", "matching": "signals", "notify": "notifiers", "directory": "sources"}
# Where everything that can go wrong ends: each keeps the loop, the request or the report going, and says what happened.
CATCHES_ALL = {
    "shared/messaging/dispatch.py",
    "shared/messaging/local.py",
    "shared/runtime/jobs.py",
    "shared/runtime/platform.py",
    "shared/web/problems.py",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> Iterator[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    yield from (ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file())


def test_only_the_unit_of_work_commits() -> None:
    callers = {name(p) for p in CODE if re.search(r"\.commit\(", p.read_text())}
    assert callers == {"shared/storage/unit_of_work.py"}


def test_a_service_has_the_rooms_that_every_service_has() -> None:
    for service, extension in EXTENSIONS.items():
        folder = ROOT / "services" / service
        rooms = {p.name for p in folder.iterdir() if p.is_dir() and p.name != "__pycache__"}
        assert rooms <= ROOMS | {extension}, service
        assert {p.name for p in folder.glob("*.py")} == {"__init__.py", "service.py", "settings.py"}, service


def test_a_reaction_translates_and_calls_in_twenty_lines() -> None:
    for path in (ROOT / "services").glob("*/reactions/on_*.py"):
        functions = [n for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef)]
        assert [f.name for f in functions] == [path.stem], f"{name(path)}: one reaction a file, named as the file"
        assert all((f.end_lineno or 0) - f.lineno < 20 for f in functions), name(path)


def test_no_file_is_so_long_that_nobody_reads_it() -> None:
    long = {name(p): lines for p in CODE if (lines := len(p.read_text().splitlines())) > 300}
    assert not long


def test_wire_names_are_written_out() -> None:
    for path in (ROOT / "shared" / "events").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                named = {k.arg: k.value for k in node.keywords}
                if "stream" in named:
                    assert all(isinstance(v, ast.Constant) for v in named.values()), name(path)


def test_nothing_says_which_region_this_is_but_the_pack() -> None:
    """The one exception is the setting that names the pack that `make run` takes."""
    said = [
        f"{name(p)}:{number}"
        for p in tracked()
        if p.suffix in {".py", ".html", ".txt", ".css", ".js", ".po"}
        and name(p).split("/")[0] in ("services", "shared", "deploy")
        for number, line in enumerate(p.read_text().splitlines(), 1)
        if re.search(r"g[äa]vle|hälsing|gästrik|bollnäs|ljusdal|söderhamn|sandviken", line, re.IGNORECASE)
    ]
    assert [where for where in said if not where.startswith("shared/runtime/settings.py")] == []
    assert len(said) == 1


def test_nothing_catches_everything_but_the_outermost_loops() -> None:
    catching = {name(p) for p in CODE if re.search(r"except (Base)?Exception\b", p.read_text())}
    assert catching - {"shared/storage/unit_of_work.py"} <= CATCHES_ALL


def test_every_metric_is_used_and_says_what_it_is() -> None:
    everything = "\n".join(p.read_text() for p in CODE if p.name != "metrics.py")
    declared = re.findall(r"^(\w+) = Metric\(", (ROOT / "shared/telemetry/metrics.py").read_text(), re.MULTILINE)
    assert len(declared) == len(ALL) == len({m.name for m in ALL})
    assert [d for d in declared if f"metrics.{d}" not in everything] == []
    assert all(len(m.help) > 10 for m in ALL)


def test_no_committed_file_names_a_registry_or_this_machine() -> None:
    host = re.compile(
        r"https?://[^\s/]*(pypi|pythonhosted|npmjs|maven|debian)[^\s/]*/|(?<![\w.$~}/])/(root|work|farm)/"
    )
    binary = {".png", ".jpg", ".ico"}
    found = [name(p) for p in tracked() if p.suffix not in binary and host.search(p.read_text(errors="replace"))]
    assert [f for f in found if f != "tests/architecture/test_the_house.py"] == []


@pytest.mark.parametrize("package", ["services", "shared", "deploy"])
def test_importing_does_no_work(package: str) -> None:
    """No file is written, no thread started, nothing heavy loaded: scikit-learn waits until an assessor is built."""
    modules = [
        name(p)[:-3].replace("/", ".") for p in CODE if name(p).startswith(package) and "migrations" not in name(p)
    ]
    modules = [m.removesuffix(".__init__") for m in modules if not m.endswith(("__main__", "alembic.env"))]
    script = (
        f"import importlib, sys, threading\n"
        f"[importlib.import_module(m) for m in {modules!r}]\n"
        "assert threading.active_count() == 1, 'a thread'\n"
        "assert 'sklearn' not in sys.modules, 'scikit-learn'\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
