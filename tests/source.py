"""The product's own source, read as text and as syntax: what the tests of its architecture look at."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "comptoir"
# Made by others or by a program, and not kept by hand.
NOT_OURS = {"__pycache__", "vendor", "migrations", "fonts", "emoji", "locale", "var"}
MADE = {"comptoir/static/css/app.css"}


class Source(NamedTuple):
    """One file: its path from the root, and its text."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self)


@cache
def _parsed(source: Source) -> ast.Module:
    return ast.parse(source.text)


@cache
def files(*suffixes: str, under: tuple[str, ...] = ("comptoir", "tests", "bin")) -> tuple[Source, ...]:
    """Our own files with one of these suffixes, in a fixed order."""
    found = []
    for folder in under:
        for path in sorted((ROOT / folder).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.suffix in suffixes and not NOT_OURS & set(path.parts) and name not in MADE:
                found.append(Source(name, path.read_text(encoding="utf-8")))
    return tuple(found)


def python(*under: str) -> tuple[Source, ...]:
    return files(".py", under=under or ("comptoir", "tests", "bin"))


class Function(NamedTuple):
    """A function of a module or class, and where it stands."""

    path: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def name(self) -> str:
        return f"{self.path}:{self.node.name}"

    @property
    def body(self) -> list[ast.stmt]:
        """Without the docstring."""
        first = self.node.body[0]
        has_docstring = isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str)
        return self.node.body[1:] if has_docstring else self.node.body

    @property
    def length(self) -> int:
        """Lines of the body, docstring and signature left out."""
        if not self.body:
            return 0
        return (self.node.end_lineno or 0) - self.body[0].lineno + 1

    @property
    def decorators(self) -> list[str]:
        return [ast.unparse(one) for one in self.node.decorator_list]

    @property
    def called(self) -> set[str]:
        """The names of all that it calls, without what stands before the dot."""
        calls = [node.func for node in ast.walk(self.node) if isinstance(node, ast.Call)]
        return {dotted(call).rpartition(".")[2] for call in calls}


def functions(source: Source) -> Iterator[Function]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(source.path, node)


def of_the_module(source: Source) -> Iterator[Function]:
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(source.path, node)


def dotted(node: ast.expr) -> str:
    """`timezone.now` of such an expression; calls in between are left out, so a chain is `A.objects.filter.first`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return "?"


def chains(source: Source) -> Iterator[tuple[int, str]]:
    """Every longest chain of attributes and calls, with its line."""
    inner = set()
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Attribute | ast.Call) or id(node) in inner:
            continue
        below: ast.expr = node
        while isinstance(below, ast.Attribute | ast.Call):
            below = below.value if isinstance(below, ast.Attribute) else below.func
            inner.add(id(below))
        yield node.lineno, dotted(node)


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """`module.name` of everything imported, with its line."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
