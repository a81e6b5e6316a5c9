"""What a measurement says: spreads, sections of a table, the machine it was made on."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH: Final = 118
# of the table where the output is no terminal
LIBRARIES: Final = ("scrapy", "twisted", "lxml", "beautifulsoup4", "feedparser", "sqlite-utils")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Minimum, median and maximum of several rounds."""

    low: float
    # the quietest round
    middle: float
    # the one to quote
    high: float
    # the noisiest round

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """The spread of at least one value."""
        every = list(values)
        return cls(low=min(every), middle=median(every), high=max(every))

    def cells(self, digits: int = 2) -> tuple[str, str, str]:
        """For a table."""
        return tuple(f"{value:,.{digits}f}" for value in self._values())  # type: ignore[return-value]

    def json(self) -> dict[str, float]:
        """For the file of results."""
        return dict(zip(("min", "median", "max"), map(_rounded, self._values()), strict=True))

    def _values(self) -> tuple[float, float, float]:
        return self.low, self.middle, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question, its table and what a reader must know to believe it."""

    name: str
    # key in the results: "rows"
    title: str
    # the question
    columns: tuple[str, ...]
    # the first is words, the others are figures unless they begin with "~"
    rows: tuple[tuple[str, ...], ...]
    # as printed
    notes: tuple[str, ...] = ()
    # below the table
    data: Mapping[str, Any] = field(default_factory=dict)
    # for the file of results


def show(sections: Sequence[Section], machine: Mapping[str, str]) -> None:
    """Print the sections, the machine first."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    console.print(sentence(machine), style="dim")
    for section in sections:
        console.print()
        console.print(section.title, style="bold", markup=False)
        console.print(_table(section))
        for note in section.notes:
            console.print(f"  {note}", markup=False)


def _table(section: Section) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for at, name in enumerate(section.columns):
        words = at == 0 or name.startswith("~")
        table.add_column(name.lstrip("~"), justify="left" if words else "right", no_wrap=not words)
    for row in section.rows:
        table.add_row(*map(Text, row))
    return table


def machine() -> dict[str, str]:
    """What the figures depend on."""
    facts = {
        "cpu": _processor(),
        "cores": str(os.cpu_count() or 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    return facts | {name: known for name in LIBRARIES if (known := installed(name))}


def sentence(machine: Mapping[str, str]) -> str:
    """The machine in one line."""
    names = {"python": "Python", "sqlite": "SQLite", "scrapy": "Scrapy", "twisted": "Twisted"}
    shown = [f"{names.get(name, name)} {machine[name]}" for name in machine if name not in _PLAIN]
    return f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}; {', '.join(shown)}"


_PLAIN: Final = frozenset({"cpu", "cores", "system"})


def installed(package: str) -> str | None:
    """The version of a package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    """The processor as the system names it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def save(path: Path, document: Mapping[str, Any]) -> None:
    """Write the results as one JSON document."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n"
    )


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
