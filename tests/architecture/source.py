"""The source as data: which files there are, and what stands in them."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("shared", "services", "deploy")
SERVICES = sorted(file.parent for file in ROOT.glob("services/*/service.py"))


def files(*suffixes: str, under: tuple[str, ...] = PARTS) -> list[Path]:
    """Every file of the product with one of these endings, sorted."""
    found = (file for part in under for file in (ROOT / part).rglob("*") if file.suffix in suffixes and file.is_file())
    return sorted(file for file in found if "__pycache__" not in file.parts)


def where(file: Path, node: ast.AST | None = None) -> str:
    """A place as a person can find it."""
    line = getattr(node, "lineno", None)
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


@cache
def nodes() -> Sequence[tuple[Path, ast.AST]]:
    """Every node of every module of the product."""
    return [(file, node) for file in files(".py") for node in ast.walk(tree(file))]


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function, class or method of that name."""
    for file, node in nodes():
        if isinstance(node, ast.Call):
            called = node.func
            if name == (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)):
                yield file, node
