"""Questions to whoever sits at the terminal: yes or no, in Albanian and English."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Final

import typer
from rich.columns import Columns

from jehona.cli.common import shown, words
from jehona.cli.speech import tell

YES: Final = frozenset(("y", "yes", "p", "po"))
NO: Final = frozenset(("n", "no", "j", "jo"))


# One number, or a stretch of them.
_NUMBERS: Final = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def chosen(names: Sequence[str], question: str) -> list[int]:
    """Which of `names` a person takes, from 0, by number: `1 3 5-7`; none for an empty line.

    Raises typer.Abort at the end of the input.
    """
    out = words()
    lines = [f"{at:>4}  {shown(name)}" for at, name in enumerate(names, 1)]
    if out.is_terminal:
        out.print(Columns(lines, padding=(0, 3), column_first=True))
    else:
        out.print("\n".join(lines))
    while True:
        typed = str(typer.prompt(shown(question), default="", show_default=False))
        try:
            return numbers_in(typed, len(names))
        except ValueError as wrong:
            out.print(str(wrong))


def numbers_in(typed: str, most: int) -> list[int]:
    """The places, from 0, of numbers as people type them: `1 3 5-7`, `1, 3`. Raises ValueError."""
    found: dict[int, None] = {}
    for part in typed.replace(",", " ").split():
        told = _NUMBERS.fullmatch(part)
        if not told:
            raise ValueError(f"{shown(part[:20])}: write numbers: 1 3 5-7")
        begin, end = int(told[1]), int(told[2] or told[1])
        if not 1 <= begin <= end <= most:
            raise ValueError(f"{part[:20]}: no number from 1 to {most}")
        found.update(dict.fromkeys(range(begin - 1, end)))
    return list(found)


def confirmed(question: str, *, usual: bool | None = None) -> bool:
    """Whether a person says yes: y or po, n or jo; an empty line says what is `usual`.

    Raises typer.Abort at the end of the input.
    """
    hint = {True: "[Y/n]", False: "[y/N]", None: "[y/n]"}[usual]
    while True:
        typed = typer.prompt(shown(f"{question} {hint}"), default="", show_default=False)
        said = str(typed).strip().lower()
        if said in YES | NO:
            return said in YES
        if not said and usual is not None:
            return usual
        words().print(tell("y (po) or n (jo)?"))
