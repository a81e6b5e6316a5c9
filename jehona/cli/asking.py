"""Questions to whoever sits at the terminal: yes or no, in Albanian and English."""

from __future__ import annotations

import sys
from typing import Final

import typer

from jehona.cli.common import shown, words

YES: Final = frozenset(("y", "yes", "p", "po"))
NO: Final = frozenset(("n", "no", "j", "jo"))


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


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
        words().print("y (po) or n (jo)?")
