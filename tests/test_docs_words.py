"""What the docs tell people to type exists, and where they point there is something."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from jehona import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TYPED = re.compile(r"(?:^|[`$>] ?)(?:\.venv/bin/)?(jehona [^`\n#|]*)", re.MULTILINE)
CONTINUED = re.compile(r" *\\\n +")
MADE = re.compile(r"`?\bmake ([a-z][a-z-]+)`")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
GENERATED = "commands.md"

every_page = pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


@every_page
def test_a_link_leads_somewhere(path: Path) -> None:
    missing = [
        link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()
    ]
    assert not missing


@every_page
def test_a_make_target_exists(path: Path) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    assert set(MADE.findall(path.read_text("utf-8"))) <= targets


def typed() -> Iterator[tuple[str, str]]:
    """Every command line in the docs, with its page."""
    for path in PAGES:
        if path.name != GENERATED:
            for line in TYPED.findall(CONTINUED.sub(" ", path.read_text("utf-8"))):
                yield path.relative_to(ROOT).as_posix(), line.strip()


@pytest.mark.parametrize(("page", "line"), sorted(set(typed())))
def test_a_command_exists(page: str, line: str) -> None:
    words = shlex.split(line.replace("[", " ").replace("]", " ").replace("...", " "))[1:]
    command: Any = cli.build()
    context = typer.Context(command)
    known = options(command, context)
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        assert words[0] in command.commands, f"{page}: {line}"
        command = command.commands[words.pop(0)]
        known |= options(command, context)
    named = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert named <= known, f"{page}: {line}"


def options(command: Any, context: typer.Context) -> set[str]:
    """Every spelling of a command's options."""
    return {name for parameter in command.get_params(context) for name in parameter.opts}


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs" / GENERATED).read_text("utf-8")
    app: Any = cli.build()
    assert all(f"## jehona {name}\n" in page for name in app.commands)
