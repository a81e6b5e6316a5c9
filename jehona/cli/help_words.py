"""Help pages and slips of the tongue in the reader's language; Typer itself speaks English only.

English is what the code spells, and asks for nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final

import typer
from typer.core import TyperCommand

from jehona.cli.speech import reader, tell
from reports.words import line

NO_INTEGER: Final = (
    "Invalid value for {name}: Input should be a valid integer,"
    " unable to parse string as an integer"
)
# What Typer says of a command line that it does not understand, as `typer/_click`,
# `typer/_coercion.py` and `typer/_param_types.py` spell it; a test provokes each.
SLIPS: Final = (
    "No such option: {option}",
    "No such option: {option} (Possible options: {options})",
    "No such command {name}.",
    "No such command {name}. Did you mean {guess}?",
    "Missing argument {name}.",
    "Missing option {name}.",
    "Got unexpected extra argument(s) ({words})",
    "Option {option} requires an argument.",
    "Option {option} does not take a value.",
    "Invalid value for {name}: Value error, {value} is not one of {choices}.",
    NO_INTEGER,
    "Invalid value for {name}: Input should be a valid number, unable to parse string as a number",
    "Invalid value for {name}: Input should be greater than or equal to {least}",
    "Invalid value for {name}: Input should be less than or equal to {most}",
)
# What stands around the words of a help page, by its name in `typer.rich_utils`.
FRAME: Final = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commands",
    "DEFAULT_STRING": "[default: {}]",
    "REQUIRED_LONG_STRING": "[required]",
}


def slip(wrong: typer.TyperException) -> str:
    """What a person typed wrong, on one line."""
    english = " ".join(wrong.format_message().split())
    if reader().language == "en":
        return english
    found = recognised(english)
    return line(found[0], reader().language, **found[1]) if found else english


def recognised(english: str) -> tuple[str, Mapping[str, str]] | None:
    """Which of SLIPS a sentence of Typer's is, and what fills it."""
    for pattern, shape in _patterns():
        if found := pattern.fullmatch(english):
            return shape, found.groupdict()
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The narrowest first: an option's possibilities are no part of its name."""
    shapes = sorted(SLIPS, key=len, reverse=True)
    return tuple((re.compile(_pattern(shape)), shape) for shape in shapes)


def _pattern(shape: str) -> str:
    return re.sub(r"\\{(\w+)\\}", r"(?P<\1>.{1,1000}?)", re.escape(shape))


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a help text, each on one line: the entries of the catalogue."""
    return (" ".join(each.split()) for each in text.split("\n\n") if each.strip())


def read_aloud(text: str) -> str:
    """A help text in the reader's language."""
    language = reader().language
    if language == "en":
        return text
    return "\n\n".join(line(each, language) for each in paragraphs(text))


class Spoken:
    """Of a command or group: its help page in the reader's language."""

    help: str | None
    params: list[Any]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that shows how it is typed."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=tell("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`, with its words."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = tell("Show this message and exit.")
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The page, with its frame."""
        if reader().language != "en":
            self.help = read_aloud(self.help or "")
            for each in self.params:
                each.help = read_aloud(getattr(each, "help", None) or "")
        _frame()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(Spoken, TyperCommand):
    """A command whose help is in the reader's language."""


def _frame() -> None:
    """Have Typer's own words around a help page in the reader's language, too."""
    for name, english in FRAME.items():
        setattr(rich_utils(), name, line(english, reader().language))


def rich_utils() -> ModuleType:
    """Typer's module of help pages, which is slow to load, when there is a page to set."""
    return import_module("typer.rich_utils")
