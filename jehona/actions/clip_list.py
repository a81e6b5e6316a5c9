"""What people typed of pieces, read strictly: a list of old clippings, or a single one (pure)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final

from crawler.config import slug_from, slugs_called
from crawler.failure import Failure
from crawler.models import NO_OUTLET, UNNAMED, Outlet, OutletKind
from crawler.reading.row_fields import is_web_address
from crawler.reading.tables import table_rows
from crawler.reading.typed_dates import NO_DATE, WrongDate, is_relative_day, typed_moment

NEEDED: Final = ("outlet", "headline", "published")
# Columns of which a cell may be empty all the same: the outlet is not named.
BARE: Final = frozenset({"outlet"})
OPTIONAL: Final = ("url", "byline", "lead", "text", "language", "translation")
MOST_ROWS: Final = 20_000
# Characters; of other cells: LONGEST_CELL.
LONGEST: Final = {"headline": 1_000, "text": 200_000}
LONGEST_CELL: Final = 5_000


class WrongClips(Failure):
    """What cannot be taken in: one line that names line and column, or the option that was typed.

    `line` counts from 1, 0 is no list; `column` is None where the whole line is wrong.
    """

    def __init__(self, line: int, why: str, column: str | None = None) -> None:
        place = (f"line {line}", column) if line else (f"--{column}",)
        super().__init__(": ".join(filter(None, (*place, why))))
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One piece that somebody brings."""

    # of the file, the header is 1; 0 for one that was typed
    line: int
    # slug, UNNAMED where it is not named
    outlet: str
    # url, headline, published, byline, lead, text, language: what is known
    told: Mapping[str, str]
    # of the headline, a person's words
    translation: str | None = None


def clips_in(
    text: str, outlets: Mapping[str, Outlet], *, fetched: datetime, zone: str, new_outlets: bool
) -> tuple[list[Clip], list[Outlet]]:
    """The clips of a table, and the outlets that it names and nobody described.

    Columns are found by name in any order; comma, semicolon or tab part them. An outlet is named
    by slug or name; an empty cell is a piece whose outlet is not named. Raises
    WrongClips for the first thing that cannot be right.
    """
    rows = table_rows(text)
    try:
        names = _columns(next(rows, []))
        told = [(rows.line_num, _row(rows.line_num, names, cells)) for cells in _bounded(rows)]
    except csv.Error as error:
        raise WrongClips(rows.line_num, f"it is no table: {error}") from None
    if not told:
        raise WrongClips(1, "there is no row under the names of the columns")
    return clips_of(told, outlets, fetched=fetched, zone=zone, new_outlets=new_outlets)


def clips_of(
    told: Iterable[tuple[int, Mapping[str, str]]],
    outlets: Mapping[str, Outlet],
    *,
    fetched: datetime,
    zone: str,
    new_outlets: bool = False,
) -> tuple[list[Clip], list[Outlet]]:
    """The clips of rows, each with its line (0: typed), and the outlets nobody described."""
    described = {**outlets, UNNAMED: NO_OUTLET}
    known, slug_of = dict(described), cache(_by_name(described))
    clips = []
    for line, row in told:
        cells = _cells(line, row)
        name = cells.pop("outlet", UNNAMED)
        slugs = slug_of(name)
        if len(slugs) > 1:
            raise WrongClips(line, f"{name!r} is {' and '.join(slugs)}: say which", "outlet")
        slug = slugs[0] if slugs else slug_from(name)
        if slug not in known and not new_outlets:
            why = f"nobody described {name!r}: mend the name, or give --new-outlets"
            raise WrongClips(line, why, "outlet")
        outlet = known.setdefault(
            slug, Outlet(slug=slug, name=name, kind=OutletKind.PRINT, use=False)
        )
        translation = cells.pop("translation", None)
        clip = Clip(line=line, outlet=slug, told=cells, translation=translation)
        clips.append(_dated(clip, outlet, fetched, zone))
    return clips, [outlet for slug, outlet in known.items() if slug not in described]


def _by_name(outlets: Mapping[str, Outlet]) -> Callable[[str], list[str]]:
    names = {slug: outlet.name for slug, outlet in outlets.items()}
    return lambda name: [name] if name in names else slugs_called(name, names)


def _columns(head: Sequence[str]) -> list[str]:
    names = [name.strip().lower() for name in head]
    known = (*NEEDED, *OPTIONAL)
    for name in NEEDED:
        if name not in names:
            raise WrongClips(1, f"the column {name} is missing; known: {', '.join(known)}")
    for name in names:
        if name not in known:
            raise WrongClips(1, f"unknown column {name!r:.60}; known: {', '.join(known)}")
    return names


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for at, cells in enumerate(rows, 2):
        if at > MOST_ROWS:
            raise WrongClips(at, f"more than {MOST_ROWS:,} rows: part the list")
        if any(cell.strip() for cell in cells):
            yield cells


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by column; a comma that nobody quoted would push them one to the right."""
    if len(cells) > len(names):
        raise WrongClips(
            line,
            f"{len(cells)} cells under {len(names)} columns: "
            "put a cell that holds a comma into quotes",
        )
    return dict(zip(names, cells, strict=False))


def _cells(line: int, row: Mapping[str, str]) -> dict[str, str]:
    """What a row tells, without its empty cells."""
    told = {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}
    for name in NEEDED:
        if name not in told and name not in BARE:
            raise WrongClips(line, "it is empty", name)
    for name, cell in told.items():
        if len(cell) > LONGEST.get(name, LONGEST_CELL):
            raise WrongClips(line, f"longer than {len(cell) - 1:,} characters", name)
    if "url" in told and not is_web_address(told["url"]):
        raise WrongClips(line, f"{told['url']!r:.80} is no address with http(s)://", "url")
    return told


def _dated(clip: Clip, outlet: Outlet, fetched: datetime, zone: str) -> Clip:
    """The clip with a date that says the same tomorrow. Raises WrongClips for what is none."""
    typed, languages = clip.told["published"], outlet.languages or ("sq", "en")
    try:
        when = typed_moment(typed, now=fetched, zone=outlet.zone or zone, languages=languages)
    except WrongDate as error:
        why = f"{typed!r:.60} is no date: {str(error).removeprefix(NO_DATE)}"
        raise WrongClips(clip.line, why, "published") from None
    if not is_relative_day(typed):
        return clip
    said = when.instant.isoformat(timespec="minutes")
    told = {**clip.told, "published": said if when.precision == "minute" else said[:10]}
    return replace(clip, told=told)
