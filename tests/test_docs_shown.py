"""What the docs show of commands is what the commands print: every console block is played."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scripts.shown import PAGES, agrees, commands

ROOT: Final = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_commands_print(page: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.shown", page],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_a_page_that_shows_commands_is_played(page: Path) -> None:
    shown = re.search(r"^```console\n\$ jehona", page.read_text("utf-8"), re.MULTILINE)
    played = f"docs/{page.name}" in PAGES
    assert played == bool(shown) or page.name == "commands.md"


@pytest.mark.parametrize(
    ("said", "printed", "right"),
    [
        ("one\ntwo", "one\ntwo", True),
        ("one\ntwo", "one", False),
        ("one", "one\ntwo", False),
        ("one\n…", "one\ntwo\nthree", True),
        ("one\n…", "one", True),
        ("…\nthree", "one\ntwo\nthree", True),
        ("one … three", "one two three", True),
        ("one … three", "one two\nthree", False),
        ("a+b (c)", "a+b (c)", True),
        ("a+b", "aab", False),
        ("", "", True),
        ("", "something", False),
    ],
)
def test_what_is_shown_agrees_with_what_is_printed(said: str, printed: str, right: bool) -> None:
    assert agrees(said, printed) is right


def test_a_block_holds_commands_and_what_they_print() -> None:
    block = "$ jehona a \\\n    --b\none\n\ntwo\n$ jehona c\n$ jehona d\nthree\n"
    assert list(commands(block)) == [
        ("jehona a \\\n    --b", "one\n\ntwo"),
        ("jehona c", ""),
        ("jehona d", "three"),
    ]
