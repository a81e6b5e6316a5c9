"""What the code says: every key and line that it asks the catalogue for, from its syntax trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, nodes

from jehona.cli import build
from jehona.cli.commands import TABLE
from jehona.cli.help_words import FRAME, SLIPS, paragraphs

ROOT: Final = Path(__file__).resolve().parents[2]
CODE: Final = ("crawler", "spiders", "reports", "jehona")
PAGES: Final = ("reports/templates", "jehona/desk/templates")


@dataclass(frozen=True)
class Asked:
    """One call of `say`: a pattern of keys, which is the key itself where the code spells it."""

    where: str
    pattern: str


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of ours by its path."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8"))
        for folder in CODE
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


@cache
def calls() -> dict[str, list[tuple[str, ast.Call]]]:
    """Every call with an argument, by what is called; the trees are walked once for all."""
    found: dict[str, list[tuple[str, ast.Call]]] = {}
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and (name := _name(node.func)):
                found.setdefault(name, []).append((f"{path}:{node.lineno}", node))
    return found


def called(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function `name`, with the file and line of the call."""
    return iter(calls().get(name, ()))


def _name(function: ast.expr) -> str | None:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None


def asked() -> Iterator[Asked]:
    """Every key that a call of `say` spells, whole or in part, in code and on pages."""
    for where, call in called("say"):
        yield from (Asked(where, pattern) for pattern in _patterns(call.args[0]))
    for folder in PAGES:
        for path in sorted((ROOT / folder).rglob("*.*")):
            yield from in_template(path.read_text("utf-8"), str(path.relative_to(ROOT)))


def in_template(text: str, where: str) -> Iterator[Asked]:
    """The keys that a page's template asks for."""
    for call in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and call.args:
            for pattern in _of_page(call.args[0]):
                yield Asked(f"{where}:{call.lineno}", pattern)


def lines() -> Iterator[tuple[str, str]]:
    """Every line that the code spells in a call that says it, with where."""
    for name in ("line", "tell", "tells"):
        for where, call in called(name):
            wanted = call.args if name == "tells" else call.args[:1]
            yield from (
                (where, word.value)
                for word in wanted
                if isinstance(word, ast.Constant) and word.value
            )
    for where, call in called("counted"):
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
            yield where, f"{{n}} {call.args[1].value}"
    yield from ((name, told) for name, told in helps() if told)


def helps() -> Iterator[tuple[str, str]]:
    """Every paragraph of a help page, with the command whose it is."""
    yield from (("jehona.cli.help_words", each) for each in (*SLIPS, *FRAME.values()))
    for entry in TABLE:
        yield from ((entry.name, each) for each in (*paragraphs(entry.help), entry.panel or ""))
    yield from _helps("jehona", build())


def _helps(name: str, command: Any) -> Iterator[tuple[str, str]]:
    for each in (command, *command.params):
        yield from ((name, told) for told in paragraphs(getattr(each, "help", None) or ""))
    for word in getattr(command, "commands", ()):
        yield from _helps(f"{name} {word}", command.commands[word])


def _patterns(told: ast.expr) -> Iterator[str]:
    if isinstance(told, ast.Constant):
        yield re.escape(str(told.value))
    elif isinstance(told, ast.IfExp):
        yield from _patterns(told.body)
        yield from _patterns(told.orelse)
    elif isinstance(told, ast.JoinedStr):
        parts = (
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in told.values
        )
        yield "".join(parts)


def _of_page(told: nodes.Expr) -> Iterator[str]:
    if isinstance(told, nodes.Const):
        yield re.escape(str(told.value))
    elif isinstance(told, nodes.CondExpr):
        yield from _of_page(told.expr1)
        yield from _of_page(told.expr2 or nodes.Const(""))
    elif isinstance(told, nodes.Concat):
        yield "".join(next(_of_page(part), ".+") for part in told.nodes)


@cache
def constants() -> frozenset[str]:
    """Every string of the code that is no docstring of a module: keys that tables hold."""
    return frozenset(
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def refusals() -> frozenset[str]:
    """Names of what keeps a sentence as English and values: errors, and what makes these."""
    bases: dict[str, set[str | None]] = {}
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(map(_name, node.bases))
    known = {"Told"}
    while more := {name for name, own in bases.items() if own & known} - known:
        known |= more
    return frozenset(known | {"refusal"})


def raised() -> Iterator[tuple[str, ast.expr]]:
    """The sentence of every error that keeps one, with where."""
    for name in refusals():
        for where, call in called(name):
            first = call.args[0]
            if isinstance(first, ast.JoinedStr) or (
                isinstance(first, ast.Constant) and isinstance(first.value, str)
            ):
                yield where, first
