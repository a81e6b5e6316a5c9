"""What a person reads when a file or a folder is not as it must be."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.failure import Failure, Told

NEXT_COMMANDS = """\
  jehona demo                                         a crawl of an invented newsroom, offline
  jehona init my-press-office --contact you@office    a workspace of your own
  cd my-press-office && jehona crawl                  what the outlets have published"""
_HEAD = re.compile(r"(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(#.*)?")
# the head of a table: "[keywords]", "[[find]]  # the second"
SHOWN = 60
# characters of a wrong value that an error line shows


class RegistryError(Failure):
    """A file that people write is wrong; its text is one line: file, key, what is known."""

    def shaped(self, sentence: str) -> str:
        """On one printable line, whatever a file put into it."""
        line = " ".join(sentence.split())
        return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


class NoWorkspace(Failure):
    """There is no workspace; its text ends with the next three commands to type."""

    def __init__(self, english: str, /, **values: object) -> None:
        """Gives the sentence its `{commands}`."""
        super().__init__(english, **values, commands=Told(NEXT_COMMANDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands: file, table, key."""

    source: Path
    # the file
    where: str = ""
    # inside it: "[[find]] 2 url"

    def key(self, name: str) -> Place:
        """A key of this table."""
        return replace(self, where=f"{self.where} {name}".strip())

    def as_table(self) -> Place:
        """The same place as the head of a table: "[read]"."""
        return replace(self, where=f"[{self.where}]")

    def as_row(self, number: int) -> Place:
        """The same place as a row of an array of tables, counted from 1: "[[find]] 2"."""
        return replace(self, where=f"[[{self.where}]] {number}")

    def refusal(self, english: str, /, key: str | None = None, **values: object) -> RegistryError:
        """The error that names this place, with its line where the file shows it.

        `key` is what is wrong in this table; without one the place itself is a key. `values` stand
        for the {names} of the sentence.
        """
        head, _, last = self.where.rpartition(" ")
        number = line_of(self.source, *((self.where, key) if key else (head, last)))
        why = Told(english, **values)
        where = f": {self.where}" if self.where else ""
        if number and not self.where.startswith("line "):
            return RegistryError(
                "{file}: line {line}{where}: {why}",
                file=self.source,
                line=number,
                where=where,
                why=why,
            )
        return RegistryError("{file}{where}: {why}", file=self.source, where=where, why=why)


def line_of(source: Path, table: str, key: str) -> int | None:
    """The line, counted from 1, of a key in a table; None where the file shows none.

    `table` is written as places are: "" for the top, "[keywords]", "[[find]] 2". A key may be the
    head of a table of its own.
    """
    try:
        lines = source.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeError):
        return None
    here, rows = "", Counter[str]()
    wanted = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
    for number, text in enumerate(lines, 1):
        if head := _HEAD.fullmatch(text.strip()):
            rows[head[2]] += 1
            here = f"[[{head[2]}]] {rows[head[2]]}" if head[1] == "[[" else f"[{head[2]}]"
            if not table and head[2] == key:
                return number
        elif here == table and wanted.match(text):
            return number
    return None


def shown(value: object) -> str:
    """A wrong value as an error line may show it: quoted and bounded."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def nearest(word: str, known: Iterable[str], most: int = 1) -> str:
    """A guess at what was meant, as the end of a sentence: '; did you mean "url"?'."""
    near = difflib.get_close_matches(word, list(known), n=most, cutoff=0.6)
    meant = " or ".join(f'"{name}"' for name in near)
    return f"; did you mean {meant}?" if meant else ""
