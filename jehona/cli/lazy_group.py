"""Commands that are loaded when they are called: the help lists them without importing one.

Typer builds a command from a function's signature, so a command line of thirty commands would
import thirty modules, and what they import, to print a list of names.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import takewhile
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from jehona.cli.help_words import Command, Spoken, read_aloud

# What people type instead of --help, in both languages.
HELP: Final = frozenset(("help", "?", "ndihmë", "ndihme"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One command as the help lists it."""

    # "crawl"; "outlets add" for a command of a group
    name: str
    # the heading under which the help lists it; commands of a group have none
    panel: str | None = None
    # its first lines, as the function's docstring has them (held by a test)
    help: str
    # the function behind it, "crawl:crawl" in `jehona.cli`; None for a group alone
    target: str | None = None

    @property
    def word(self) -> str:
        """The name within its group: "add"."""
        return self.name.rpartition(" ")[2]

    @property
    def function(self) -> Any:
        """The function: its module is imported here and nowhere earlier."""
        assert self.target
        module, _, function = self.target.partition(":")
        return getattr(import_module(f"jehona.cli.{module}"), function)

    def load(self) -> Any:
        """The command itself."""
        app = typer.Typer(add_completion=False, rich_markup_mode="rich")
        register = app.command(self.word, cls=Command, rich_help_panel=self.panel)
        register(self.function)
        command = typer.main.get_command(app)
        command.name = self.word
        return command


class Commands(MutableMapping[str, Any]):
    """Name -> command, made when it is asked for; the commands of one group of the table."""

    def __init__(self, table: Sequence[Entry], group: str = "") -> None:
        under = [entry for entry in table if entry.name.rpartition(" ")[0] == group]
        self._table = table
        self._entries = {entry.word: entry for entry in under}
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            entry = self._entries[name]
            groups = any(other.name.startswith(f"{entry.name} ") for other in self._table)
            self._made[name] = _group(entry, self._table) if groups else entry.load()
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def listed(self) -> dict[str, TyperCommand]:
        """Name -> a stand-in that has the words of the help and nothing else."""
        return {
            word: TyperCommand(
                word, help=read_aloud(entry.help), rich_help_panel=read_aloud(entry.panel or "")
            )
            for word, entry in self._entries.items()
        }


class Listing(Spoken, TyperGroup):
    """What the help of a group shows."""


class LazyGroup(Spoken, TyperGroup):
    """A group whose commands are `Commands`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """`jehona help crawl` and `jehona ?` are what people type for `--help`."""
        if args and args[0].lower() in HELP:
            named = takewhile(lambda word: not word.startswith("-"), args[1:])
            args = [*named, "--help"]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(self.commands)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, from the table's words."""
        assert isinstance(self.commands, Commands)
        listing = Listing(
            name=self.name,
            commands=dict(self.commands.listed()),
            params=self.params,
            help=self.help,
            rich_markup_mode="rich",
        )
        listing.format_help(ctx, formatter)


def _group(entry: Entry, table: Sequence[Entry]) -> LazyGroup:
    """A group of the table: `jehona outlets` alone shows its help, `jehona desk` does its work."""
    made = _door(entry) if entry.target else _shelf(entry)
    made.commands = Commands(table, entry.name)
    return made


def _shelf(entry: Entry) -> LazyGroup:
    return LazyGroup(
        name=entry.word,
        help=entry.help,
        no_args_is_help=True,
        rich_help_panel=entry.panel,
        rich_markup_mode="rich",
    )


def _door(entry: Entry) -> LazyGroup:
    app = typer.Typer(name=entry.word, cls=LazyGroup, add_completion=False, rich_markup_mode="rich")
    app.callback(invoke_without_command=True, rich_help_panel=entry.panel)(entry.function)
    made = typer.main.get_command(app)
    assert isinstance(made, LazyGroup)
    return made
