"""Pieces a day around the event: all of them above, one row of dots for each outlet below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from reports.charts.strokes import (
    PAGE,
    WIDE,
    Palette,
    box,
    copy_box,
    dot,
    fit,
    margin,
    ranked,
    rule,
    svg,
    word,
)
from reports.models import Piece, Report
from reports.words import day, month, say

# Days beyond which a chart counts weeks.
DAYS_SHOWN: Final = 45
# Before the first column, for the longest name of a month.
MONTH_ROOM: Final = 66


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """Equal stretches of days, and where a day falls."""

    first: date
    # the first day of the first stretch
    number: int
    # how many stretches
    step: int
    # days in each: 1 or 7

    def at(self, when: date) -> int | None:
        """The place of a day, None outside."""
        place = (when - self.first).days // self.step
        return place if 0 <= place < self.number else None

    def begin(self, place: int) -> date:
        """The first day of a stretch."""
        return self.first + timedelta(days=place * self.step)


def bins_of(report: Report) -> Bins:
    """The window of the event in days, in weeks where these would be too many."""
    event = report.event
    length = (event.last_day - event.first_day).days + 1
    step = 1 if length <= DAYS_SHOWN else 7
    return Bins(first=event.first_day, number=-(-length // step), step=step)


def local_day(piece: Piece, zone: ZoneInfo) -> date | None:
    """The day of a piece as its readers lived it."""
    return piece.published.astimezone(zone).date() if piece.published else None


def placed(report: Report) -> tuple[tuple[Piece, int], ...]:
    """The dated pieces of the window with the stretch they fall in."""
    bins, zone = bins_of(report), ZoneInfo(report.event.zone)
    days = ((piece, local_day(piece, zone)) for piece in report.pieces)
    found = ((piece, bins.at(when)) for piece, when in days if when)
    return tuple((piece, place) for piece, place in found if place is not None)


def days_title(report: Report, language: Language) -> str:
    """What the chart of days shows, in a sentence."""
    event, bins = report.event, bins_of(report)
    per = Counter(place for _, place in placed(report))
    place = bins.at(event.date) if event.date and bins.step == 1 else None
    if place is not None and (on := per[place]):
        return say("chart_event_day", language, n=on, total=len(report.pieces))
    if not per:
        return say("chart_by_day", language)
    peak = max(sorted(per), key=lambda place: per[place])
    told = day(bins.begin(peak), language, year=False)
    return say(
        "chart_peak" if bins.step == 1 else "chart_peak_week", language, day=told, n=per[peak]
    )


def days(report: Report, language: Language, *, width: int = WIDE, colours: Palette = PAGE) -> str:
    """Columns of all pieces a day above one row of dots for each outlet."""
    bins, found = bins_of(report), placed(report)
    left, right, high = margin(width), 30, 96
    step = (width - left - right) / bins.number
    rows = ranked(piece for piece, _ in found)
    grid = _Grid(left=left, step=step, high=high, rows=rows, bins=bins, colours=colours)
    height = high + 30 + 22 * len(rows) + 6
    body = [
        *_event_band(report, language, grid, height),
        *_columns(found, grid),
        *_axis_of_days(report, language, grid),
        *_dots(found, grid, language, width),
    ]
    what = say("chart_by_day" if bins.step == 1 else "chart_by_week", language)
    told = f"{what}. {days_title(report, language)}."
    return svg(width, height, told, body)


def columns_alone(report: Report, language: Language, *, told: str, colours: Palette) -> str:
    """The same columns without the outlets, for who may not show these: a post, a mail."""
    bins, high = bins_of(report), 170
    grid = _Grid(
        left=MONTH_ROOM, step=(WIDE - MONTH_ROOM - 10) / bins.number, high=high, rows=(),
        bins=bins, colours=colours,
    )  # fmt: skip
    height = high + 34
    body = [
        *_event_band(report, language, grid, height),
        # one shade: nothing here says what a paler one would mean
        *_columns([(replace(piece, copy_of=None), at) for piece, at in placed(report)], grid),
        *_axis_of_days(report, language, grid),
    ]
    return svg(WIDE, height, told, body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    left: float
    # where the first stretch begins
    step: float
    # its width
    high: int
    # where the columns stand
    rows: tuple[tuple[str, str], ...]
    # slug and name of outlets from top to bottom, ("", "") for all others
    bins: Bins
    # the stretches
    colours: Palette
    # of the drawing

    def middle(self, place: int) -> float:
        return self.left + (place + 0.5) * self.step


def _event_band(report: Report, language: Language, grid: _Grid, height: float) -> Iterator[str]:
    place = grid.bins.at(report.event.date) if report.event.date else None
    if place is None:
        return
    x, told = grid.left + place * grid.step, say("chart_event", language)
    yield box(x, 16, grid.step, height - 20, grid.colours.band, round_by=3)
    yield word(
        grid.middle(place), 11, told, grid.colours.accent, anchor="middle", size=11, bold=True
    )


def _columns(found: Sequence[tuple[Piece, int]], grid: _Grid) -> Iterator[str]:
    firsts = Counter(place for piece, place in found if piece.copy_of is None)
    copies = Counter(place for piece, place in found if piece.copy_of is not None)
    most = max((firsts[p] + copies[p] for p in range(grid.bins.number)), default=0) or 1
    unit, wide = (grid.high - 36) / most, min(grid.step * 0.66, 34)
    for place in range(grid.bins.number):
        one, two = firsts[place] * unit, copies[place] * unit
        x, base = grid.middle(place) - wide / 2, float(grid.high)
        if one:
            yield box(x, base - one, wide, one, grid.colours.accent)
        if two:
            yield copy_box(x, base - one - two, wide, two, grid.colours)
        if one or two:
            number = str(firsts[place] + copies[place])
            yield word(
                grid.middle(place), base - one - two - 5, number, grid.colours.ink,
                anchor="middle", size=11, bold=True,
            )  # fmt: skip
    right = grid.left + grid.bins.number * grid.step
    yield rule(grid.left, grid.high + 0.5, right, grid.high + 0.5, grid.colours.muted)


def _axis_of_days(report: Report, language: Language, grid: _Grid) -> Iterator[str]:
    event_place = grid.bins.at(report.event.date) if report.event.date else None
    every = max(1, -(-22 // int(max(grid.step, 1))))
    current = None
    for place in range(grid.bins.number):
        begin, x = grid.bins.begin(place), grid.middle(place)
        here = place == event_place
        if here or (place % every == 0 and not _beside(place, event_place, every)):
            ink = grid.colours.accent if here else grid.colours.muted
            yield word(x, grid.high + 15, str(begin.day), ink, anchor="middle", size=11, bold=here)
        if begin.month != current:
            current = begin.month
            yield _month(grid, place, month(current, language))


def _month(grid: _Grid, place: int, name: str) -> str:
    """The first month before its days, the others below their first day."""
    if not place:
        return word(grid.left - 8, grid.high + 15, name, grid.colours.muted, anchor="end", size=11)
    x = grid.middle(place)
    return word(x, grid.high + 27, name, grid.colours.muted, anchor="middle", size=11)


def _beside(place: int, event_place: int | None, every: int) -> bool:
    return event_place is not None and every > 1 and abs(place - event_place) < every


def _dots(
    found: Sequence[tuple[Piece, int]], grid: _Grid, language: Language, width: int
) -> Iterator[str]:
    named = {slug for slug, _ in grid.rows}
    per = Counter((piece.outlet if piece.outlet in named else "", place) for piece, place in found)
    others = len({piece.outlet for piece, _ in found} - named)
    most, ink = max((count for (slug, _), count in per.items() if slug), default=1), grid.colours
    for at, (slug, name) in enumerate(grid.rows):
        y = grid.high + 41 + 22 * at
        label = name if slug else say("chart_more", language, n=others)
        yield word(grid.left - 8, y + 4, fit(label, grid.left - 10), ink.ink, anchor="end")
        if slug:
            yield rule(grid.left, y, width - 30, y, ink.line)
        counts = [per[slug, place] for place in range(grid.bins.number)]
        for place, count in enumerate(counts):
            x = grid.middle(place)
            if count and slug:
                # the area grows with the number
                radius = max(2.5, min(grid.step / 2 - 0.5, 9) * sqrt(count / most))
                yield dot(x, y, radius, ink.accent)
            elif count:
                yield word(x, y + 4, str(count), ink.muted, anchor="middle", size=10)
        yield word(width - 4, y + 4, str(sum(counts)), ink.muted, anchor="end")
