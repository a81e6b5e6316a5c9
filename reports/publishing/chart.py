"""The chart that goes along: pieces per day as a PNG, with the same told in words.

Drawn by Typst with fonts of our own: the same picture on every machine. Whatever outlets
wrote stays out of it; what it shows goes in as data, never as markup.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from reports.formats.colours import on_paper
from reports.models import Report
from reports.publishing.post import Picture
from reports.sentences import names
from reports.words import day, say

FEWEST_DAYS: Final = 2
# with pieces; one column tells nothing
MOST_DAYS: Final = 31
# columns of days; a longer time is told in weeks
MOST_BARS: Final = 53
# columns at all: a year of weeks; the latest stay
LABELS: Final = 8
# written under the columns at most
FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"
# Noto Sans, which papers are set in too
SHARPNESS: Final = 144.0
# pixels an inch: twice what screens need
MOST_TOLD: Final = 8
# columns whose numbers the words repeat one by one

DRAWING: Final = """
#let told = json(bytes(sys.inputs.told))
#let ink = rgb("#1c1c1c")
#set page(width: 720pt, height: auto, margin: (x: 24pt, y: 22pt), fill: white)
#set text(font: "Noto Sans", size: 13pt, fill: ink)
#let above(bar) = box(width: 60pt, align(center, if bar.n > 0 [#bar.n]))
#let column(bar) = stack(
  place(center + bottom, dy: -5pt, above(bar)),
  rect(width: 100%, height: 170pt * bar.n / told.most, fill: rgb(told.colour)),
)
#let below(bar) = box(width: 84pt, align(center, text(size: 12pt, bar.label)))
#let label(bar) = place(center + top, dy: 5pt, below(bar))
#let wide = if told.bars.len() > 7 { 1fr } else { 90pt }
#text(size: 19pt, weight: "bold", told.title)
#v(22pt)
#grid(
  columns: (wide,) * told.bars.len(), rows: (175pt, 24pt),
  ..told.bars.map(bar => align(bottom + center, box(width: 76%, column(bar)))),
  grid.hline(stroke: 1pt + ink),
  ..told.bars.map(label),
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One column."""

    label: str
    # "16 maj"
    n: int
    # pieces


def chart(report: Report, language: Language, colour: str | None) -> Picture | None:
    """Pieces per day, or per week where they are many days; None where there is nothing to compare.

    `colour` is the office's, "#7a1f2b".
    """
    counted = _counted(report)
    if len(counted) < FEWEST_DAYS:
        return None
    weekly = (max(counted) - min(counted)).days >= MOST_DAYS
    bars = _bars(counted, language, 7 if weekly else 1)[-MOST_BARS:]
    what = say("post_chart_weeks" if weekly else "post_chart_days", language)
    return Picture(
        png=_drawn(what, bars, on_paper(colour)),
        alt=_alt(what, bars, report.event.title, language, weekly=weekly),
    )


def _counted(report: Report) -> Counter[date]:
    zone = ZoneInfo(report.event.zone)
    dated = (piece.published for piece in report.dated)
    return Counter(when.astimezone(zone).date() for when in dated if when)


def _bars(counted: Counter[date], language: Language, step: int) -> list[Bar]:
    """A column for every day or week from the first piece to the last, empty ones too."""
    first, last = min(counted), max(counted)
    bars = []
    while first <= last:
        n = sum(counted[first + timedelta(days=offset)] for offset in range(step))
        bars.append(Bar(label=day(first, language, year=False), n=n))
        first += timedelta(days=step)
    return bars


def _alt(what: str, bars: Sequence[Bar], title: str, language: Language, *, weekly: bool) -> str:
    """The numbers in words, for who does not see the picture; of many only the highest."""
    told = [bar for bar in bars if bar.n]
    key = "post_chart_alt"
    if len(told) > MOST_TOLD:
        key, told = "post_chart_alt_top", sorted(told, key=lambda bar: -bar.n)[:3]
    spoken = [
        f"{say('post_chart_week_of', language, day=bar.label) if weekly else bar.label} ({bar.n})"
        for bar in told
    ]
    ends = {"first": bars[0].label, "last": bars[-1].label}
    return say(key, language, what=what, title=title, bars=names(spoken, language), **ends)


def _drawn(title: str, bars: Sequence[Bar], colour: str) -> bytes:
    import typst  # noqa: PLC0415 - heavy

    every = -(-len(bars) // LABELS)
    rows = [
        {"label": bar.label if place % every == 0 else "", "n": bar.n}
        for place, bar in enumerate(bars)
    ]
    told = {
        "title": title,
        "bars": rows,
        "most": max(bar.n for bar in bars),
        "colour": colour,
    }
    drawn = typst.compile(
        DRAWING.encode(),
        format="png",
        ppi=SHARPNESS,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
        sys_inputs={"told": json.dumps(told)},
    )
    assert isinstance(drawn, bytes)
    return drawn
