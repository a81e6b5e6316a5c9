"""What people typed of pieces, read strictly: a list of old clippings, or a single one (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from crawler.config import slug_from, slugs_called
from crawler.failure import Failure, Told
from crawler.models import NO_OUTLET, UNNAMED, Language, Outlet, OutletKind
from crawler.reading.row_fields import is_web_address
from crawler.reading.table_heads import Asked, Column, Sheet, heading_words, in_brackets, read_sheet
from crawler.reading.tables import WrongTable
from crawler.reading.typed_dates import NO_DATE, WrongDate, is_relative_day, typed_moment
from jehona.actions.errors import Wrong
from reports.formats.columns import PIECES
from reports.formats.csv import unguarded
from reports.words import say

NEEDED: Final = ("outlet", "headline", "published")
# Columns of which a cell may be empty all the same: the outlet is not named.
BARE: Final = frozenset({"outlet"})
OPTIONAL: Final = ("url", "time", "byline", "lead", "text", "language", "translation")
# Faults of one list that are told: whoever mends these looks again.
MOST_FAULTS: Final = 100
# Characters; of other cells: LONGEST_CELL.
LONGEST: Final = {"headline": 1_000, "text": 200_000}
LONGEST_CELL: Final = 5_000
# A number where a date should stand: days as Excel counts them, from 1954 to 2118.
_DAYS: Final = re.compile(r"([2-7]\d{4})(?:[.,](\d+))?")
# A number where a clock should stand: the part of a day.
_PART: Final = re.compile(r"0?[.,]\d+")


class WrongClips(Failure):
    """What cannot be taken in: one line that names the cell, or the option that was typed.

    `line` counts from 1, 0 is no list; `column` is None where the whole line is wrong.
    """

    def __init__(
        self, line: int, why: Told, column: str | None = None, place: object = None
    ) -> None:
        option = None if line else f"--{column}"
        where = place or option or ": ".join(filter(None, (f"line {line}", column)))
        super().__init__("{where}: {why}", where=where, why=why)
        self.line, self.column, self.why = line, column, why


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list as it was understood: what can be taken in, and what cannot."""

    # of a workbook
    sheet: str | None
    # further sheets, which were not read
    other_sheets: tuple[str, ...]
    # columns that hold something and say nothing to us
    left_out: tuple[Column, ...]
    clips: tuple[Clip, ...]
    # outlets that it names and nobody described
    strangers: tuple[Outlet, ...]
    # in the order of the rows; nothing of a list with one is taken in
    faults: tuple[WrongClips, ...]


def clips_in(
    body: bytes, outlets: Mapping[str, Outlet], *, fetched: datetime, zone: str, new_outlets: bool
) -> Listed:
    """The clips of a list, the outlets that it names and nobody described, and its faults.

    Columns are found by name, Albanian or English, in any order. An outlet is named by slug or
    name; an empty cell is a piece whose outlet is not named. Raises WrongTable for what is no
    list.
    """
    sheet = read_sheet(body, Asked(needed=NEEDED, optional=OPTIONAL, own=_own_headings()))
    if not sheet.rows:
        raise WrongTable(
            "{place}: there is no row under the names of the columns", place=sheet.place(sheet.head)
        )
    reading = _Reading(outlets, fetched, zone, new_outlets=new_outlets, told_zone=_zone_of(sheet))
    clips, faults = list[Clip](), list[WrongClips]()
    for row in sheet.rows:
        try:
            clips.append(reading.clip(row.line, _plain(sheet, sheet.told(row))))
        except WrongClips as wrong:
            place = sheet.place(row.line, wrong.column)
            faults.append(WrongClips(row.line, wrong.why, wrong.column, place))
        if len(faults) == MOST_FAULTS:
            break
    return Listed(
        sheet=sheet.table.sheet,
        other_sheets=sheet.others,
        left_out=sheet.left_out,
        clips=tuple(clips),
        strangers=tuple(reading.strangers()),
        faults=tuple(faults),
    )


@cache
def _own_headings() -> Mapping[str, str | None]:
    """What the headings of our own reports mean here, None nothing; both languages."""
    known = {f"col_{name}": name for name in (*NEEDED, *OPTIONAL)}
    languages: tuple[Language, ...] = ("sq", "en")
    return {
        heading_words(say(column.name, language, zone="")): known.get(column.name)
        for column in PIECES
        for language in languages
    }


def _zone_of(sheet: Sheet) -> str | None:
    """The zone that the heading of the dates names, as our own reports do."""
    said = in_brackets(sheet.columns["published"].heading)
    return said if said in available_timezones() else None


def _plain(sheet: Sheet, told: dict[str, str]) -> dict[str, str]:
    """A row as a person would type it: numbers of Excel are dates, a clock stands by its day."""
    if sheet.table.sheet is None:
        told = {name: unguarded(cell) for name, cell in told.items()}
    clock, published = told.pop("time", ""), told.get("published", "")
    if number := _DAYS.fullmatch(published):
        day = sheet.table.day_zero + timedelta(days=int(number[1]))
        hour = _clock(f"0.{number[2]}") if number[2] else ""
        published = f"{day.isoformat()} {hour}".rstrip()
    if clock and ":" not in published:
        published = f"{published} {_clock(clock)}"
    return {**told, "published": published} if published else told


def _clock(cell: str) -> str:
    """A time of day; a part of a day is `18:30`."""
    if not _PART.fullmatch(cell):
        return cell
    minutes = round(float(cell.replace(",", ".")) * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def clips_of(
    told: Iterable[tuple[int, Mapping[str, str]]],
    outlets: Mapping[str, Outlet],
    *,
    fetched: datetime,
    zone: str,
    new_outlets: bool = False,
) -> tuple[list[Clip], list[Outlet]]:
    """The clips of rows, each with its line (0: typed), and the outlets nobody described."""
    reading = _Reading(outlets, fetched, zone, new_outlets=new_outlets)
    clips = [reading.clip(line, row) for line, row in told]
    return clips, reading.strangers()


class _Reading:
    """Reads one row after the other, and knows whom they named."""

    def __init__(
        self,
        outlets: Mapping[str, Outlet],
        fetched: datetime,
        zone: str,
        *,
        new_outlets: bool,
        told_zone: str | None = None,
    ) -> None:
        self._described = {**outlets, UNNAMED: NO_OUTLET}
        self._known = dict(self._described)
        self._slug_of = cache(_by_name(self._described))
        self._fetched, self._zone, self._told_zone = fetched, zone, told_zone
        self._new = new_outlets

    def clip(self, line: int, row: Mapping[str, str]) -> Clip:
        """Raises WrongClips."""
        cells = _cells(line, row)
        outlet = self._outlet(line, cells.pop("outlet", UNNAMED))
        translation = cells.pop("translation", None)
        clip = Clip(line=line, outlet=outlet.slug, told=cells, translation=translation)
        here = self._told_zone or outlet.zone or self._zone
        return _dated(clip, outlet, self._fetched, here, fixed=self._told_zone is not None)

    def strangers(self) -> list[Outlet]:
        """Outlets that were named and nobody described."""
        return [one for slug, one in self._known.items() if slug not in self._described]

    def _outlet(self, line: int, name: str) -> Outlet:
        slugs = self._slug_of(name)
        if len(slugs) > 1:
            which = Wrong("{name!r} is {slugs}: say which", name=name, slugs=" and ".join(slugs))
            raise WrongClips(line, which, "outlet")
        slug = slugs[0] if slugs else slug_from(name)
        if slug not in self._known and not self._new:
            stranger = Wrong(
                "nobody described {name!r}: mend the name, or give --new-outlets", name=name
            )
            raise WrongClips(line, stranger, "outlet")
        return self._known.setdefault(
            slug, Outlet(slug=slug, name=name, kind=OutletKind.PRINT, use=False)
        )


def _by_name(outlets: Mapping[str, Outlet]) -> Callable[[str], list[str]]:
    names = {slug: outlet.name for slug, outlet in outlets.items()}
    return lambda name: [name] if name in names else slugs_called(name, names)


def _cells(line: int, row: Mapping[str, str]) -> dict[str, str]:
    """What a row tells, without its empty cells."""
    told = {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}
    for name in NEEDED:
        if name not in told and name not in BARE:
            raise WrongClips(line, Wrong("it is empty"), name)
    for name, cell in told.items():
        if len(cell) > LONGEST.get(name, LONGEST_CELL):
            long = Wrong("longer than {longest:,} characters", longest=len(cell) - 1)
            raise WrongClips(line, long, name)
    if "url" in told and not is_web_address(told["url"]):
        no_address = Wrong("{url!r:.80} is no address with http(s)://", url=told["url"])
        raise WrongClips(line, no_address, "url")
    return told


def _dated(clip: Clip, outlet: Outlet, fetched: datetime, zone: str, *, fixed: bool) -> Clip:
    """The clip with a date that says the same tomorrow, and, `fixed`, in any zone.

    Raises WrongClips for what is none.
    """
    typed, languages = clip.told["published"], outlet.languages or ("sq", "en")
    try:
        when = typed_moment(typed, now=fetched, zone=zone, languages=languages)
    except WrongDate as error:
        form = Wrong("write it like 2025-05-10, 10.5.2025 or 10 May 2025")
        why = form if str(error).startswith(NO_DATE) else error
        no_date = Wrong("{text!r:.60} is no date: {why}", text=typed, why=why)
        raise WrongClips(clip.line, no_date, "published") from None
    if not fixed and not is_relative_day(typed):
        return clip
    said = when.instant.isoformat(timespec="minutes")
    told = {**clip.told, "published": said if when.precision == "minute" else said[:10]}
    return replace(clip, told=told)
