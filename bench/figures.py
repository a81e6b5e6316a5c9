"""Floors, us and peers in turn: the one way to compare, and how a comparison is shown.

    told = in_turn(5, {"floor": floor, "ours": ours})     # each round runs every side once
    section(name="rows", title="CPU a row, ms", told=told, floor="floor")

A round is floor, then ours, then peers, so that a noisy minute hits all; a ratio is of one round.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

# columns of the output where it is no terminal
WIDTH: Final = 118
LIBRARIES: Final = ("scrapy", "twisted", "lxml", "beautifulsoup4", "sqlite-utils")
ROOT: Final = Path(__file__).resolve().parent.parent
# seconds for one process
PATIENCE: Final = 3_600


class Spread(NamedTuple):
    """Minimum, median (the one to quote) and maximum of several rounds."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """The spread of at least one value."""
        every = sorted(values)
        return cls(every[0], median(every), every[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question, its table, and what a reader must know to believe it."""

    name: str
    title: str
    # the first column is words
    columns: tuple[str, ...] = ("", "min", "median", "max")
    rows: Sequence[tuple[str, ...]] = ()
    notes: tuple[str, ...] = ()
    # for the file of results
    data: Mapping[str, Any] = field(default_factory=dict)


def in_turn(rounds: int, sides: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """What every side says in every round."""
    told: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            told[name].append(side())
    return told


def ratio(told: Mapping[str, Sequence[float]], side: str, floor: str) -> Spread:
    """How many times the floor a side took, round by round."""
    return Spread.of(one / least for one, least in zip(told[side], told[floor], strict=True))


def section(
    *, name: str, title: str, told: Mapping[str, Sequence[float]], floor: str = "",
    bars: Mapping[str, float] | None = None, digits: int = 2, notes: tuple[str, ...] = (),
) -> Section:  # fmt: skip
    """Every side's spread, and in multiples of the floor; a bar is for the latter where it is."""
    rows, verdicts, data = list[tuple[str, ...]](), list[str](), dict[str, Any]()
    for side, values in told.items():
        spread = Spread.of(values)
        times = ratio(told, side, floor) if floor else None
        more = (f"{times.middle:.2f}",) if times else ()
        rows.append((side, *(f"{value:,.{digits}f}" for value in spread), *more))
        data[side] = spread._asdict() | ({"ratio": times._asdict()} if times else {})
        if bar := (bars or {}).get(side):
            kept = "kept" if (times or spread).middle <= bar else "NOT KEPT"
            verdicts.append(f"{side}: bar {bar:g}{' x' * bool(times)}: {kept}")
    columns = ("", "min", "median", "max", *(("x floor",) if floor else ()))
    return Section(
        name=name, title=title, columns=columns, rows=rows, notes=(*verdicts, *notes), data=data
    )


def worker(module: str, *words: object, env: Mapping[str, str] | None = None) -> Any:
    """The last line of a module run in a process of its own. Raises RuntimeError where it fails."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *map(str, words)], capture_output=True,
        text=True, timeout=PATIENCE, check=False, cwd=ROOT, env={**os.environ, **(env or {})},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module} {words}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def show(sections: Sequence[Section], machine: Mapping[str, str]) -> None:
    """Print the sections, the machine first."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False)
    console.print(", ".join(f"{name} {value}" for name, value in machine.items()), style="dim")
    for each in sections:
        console.print(f"\n{each.title}", style="bold")
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for at, name in enumerate(each.columns):
            table.add_column(name, justify="right" if at else "left")
        for row in each.rows:
            table.add_row(*map(Text, row))
        console.print(table)
        for note in each.notes:
            console.print(f"  {note}")


def machine() -> dict[str, str]:
    """What the figures depend on."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    facts = {
        "cpu": named[0] if named else platform.processor() or platform.machine(),
        "cores": str(os.cpu_count() or 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    return facts | {name: known for name in LIBRARIES if (known := installed(name))}


def installed(package: str) -> str | None:
    """The version of a package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def figures(*, tp: int, fp: int, fn: int, nothing: float | None = 0.0) -> dict[str, float | None]:
    """Precision, recall and F1; `nothing` where there was nothing to find or to expect."""
    named = {"precision": (tp, tp + fp), "recall": (tp, tp + fn), "f1": (2 * tp, 2 * tp + fp + fn)}
    return {
        name: round(part / whole, 4) if whole else nothing for name, (part, whole) in named.items()
    }
